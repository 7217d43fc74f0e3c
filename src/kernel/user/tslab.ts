import { randomUUID } from 'node:crypto';
import { bundleOf } from '../../display/bundle.ts';
import type { DisplayChannel, MimeBundle } from '../../display/channel.ts';
import { contentOf, imageBundle } from '../../display/content.ts';
import { type ProgressBar, type ProgressOptions, progress, progressBar } from '../../display/progress.ts';

type Bytes = Uint8Array | ArrayBuffer;

/** The display functions of the `tslab` module, so that notebooks written for it run unchanged. Those below the line are ours. */
export interface TslabDisplay {
  html(content: string): void;
  javascript(content: string): void;
  markdown(content: string): void;
  latex(content: string): void;
  svg(content: string): void;
  text(content: string): void;
  png(content: Bytes): void;
  jpeg(content: Bytes): void;
  gif(content: Bytes): void;
  pdf(content: Bytes): void;
  raw(mimeType: string, content: unknown): void;
  // ———
  webp(content: Bytes): void;
  /** An image of any of these kinds. */
  image(content: Bytes): void;
  /** A tree that can be folded. */
  json(content: unknown, options?: { expanded?: boolean; root?: string }): void;
  /** Anything, as the value of a cell is shown. */
  value(value: unknown): void | Promise<void>;
}

export interface Tslab {
  display: TslabDisplay;
  /** A display that redraws itself in place on each call after the first. */
  newDisplay(): TslabDisplay;
  versions: { tslab: string; typescript: string; node: string };
  progress: (items: never, options?: ProgressOptions) => unknown;
  progressBar(options?: ProgressOptions): ProgressBar;
}

/** The version whose functions these are. */
const TSLAB_VERSION = '1.0.22';

/** The `tslab` module. */
export function tslabModule(channel: DisplayChannel, typescriptVersion: string): Tslab {
  const redrawing = () => {
    const displayId = randomUUID();
    let update = false;
    return (bundle: MimeBundle, metadata?: Metadata) => {
      channel.display(bundle, { displayId, update, metadata });
      update = true;
    };
  };
  return {
    display: displayFunctions((bundle, metadata) => channel.display(bundle, { metadata })),
    newDisplay: () => displayFunctions(redrawing()),
    versions: { tslab: TSLAB_VERSION, typescript: typescriptVersion, node: process.version },
    progress: (items, options) => progress(redrawing(), items, options),
    progressBar: options => progressBar(redrawing(), options),
  };
}

type Metadata = Record<string, unknown>;

function displayFunctions(show: (bundle: MimeBundle, metadata?: Metadata) => void): TslabDisplay {
  const as = (name: string, mimeType: string) => (content: unknown) =>
    show({ [mimeType]: contentOf(`display.${name}`, mimeType, content) });
  return {
    html: as('html', 'text/html'),
    javascript: as('javascript', 'text/javascript'),
    markdown: as('markdown', 'text/markdown'),
    latex: as('latex', 'text/latex'),
    svg: as('svg', 'image/svg+xml'),
    text: as('text', 'text/plain'),
    png: as('png', 'image/png'),
    jpeg: as('jpeg', 'image/jpeg'),
    gif: as('gif', 'image/gif'),
    pdf: as('pdf', 'application/pdf'),
    webp: as('webp', 'image/webp'),
    raw: (mimeType, content) => show({ [mimeType]: contentOf(`display.raw(${mimeType})`, mimeType, content) }),
    image: content => show(imageBundle('display.image', content)),
    json: (content, options = {}) => {
      const value = contentOf('display.json', 'application/json', asJson(content));
      show({ 'application/json': value }, { 'application/json': options });
    },
    value: value => {
      const bundle = bundleOf(value);
      return bundle instanceof Promise ? bundle.then(ready => show(ready)) : show(bundle);
    },
  };
}

/** A text given to `display.json` is a value like others, not JSON that is yet to be read. */
function asJson(content: unknown): unknown {
  return typeof content === 'string' ? JSON.stringify(content) : content;
}
