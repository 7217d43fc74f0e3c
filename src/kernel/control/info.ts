import { readFileSync } from 'node:fs';
import { PROTOCOL_VERSION } from '../protocol/create.ts';
import { LANGUAGE_INFO } from '../spec/language-info.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The content of `kernel_info_reply`. */
export const KERNEL_INFO = {
  status: 'ok',
  protocol_version: PROTOCOL_VERSION,
  implementation: 'learnable',
  implementation_version: version,
  language_info: LANGUAGE_INFO,
  banner: `learnable ${version}: TypeScript, checked before it runs, on Node ${process.version}`,
  help_links: [
    { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
    { text: 'TensorFlow.js', url: 'https://js.tensorflow.org/api/latest/' },
  ],
  debugger: false,
  supported_features: [],
};
