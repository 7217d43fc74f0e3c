import { describe, it } from 'vitest';
import { type Part, requirePart } from '../support/requires.ts';
import { jupyterEnvironment, runSuite } from './support/suite.ts';

const SUITES: [suite: string, part: Part][] = [
  ['test_notebooks.py', 'nbconvert'],
  ['test_console.py', 'jupyter-console'],
  ['test_server.py', 'jupyter-server'],
];

describe('programs of Jupyter', () => {
  const env = jupyterEnvironment();
  for (const [suite, part] of SUITES) {
    const python = requirePart(part);
    it.skipIf(!python)(`pass ${suite}`, () => runSuite(python!, suite, env), 120_000);
  }
});
