export const SCOPE = 'node_modules/@tensorflow';

const FILES: Record<string, string> = {
  'tfjs/package.json': '{ "name": "@tensorflow/tfjs", "types": "dist/index.d.ts" }',
  'tfjs/dist/index.d.ts': `/** @license of it all */
import '@tensorflow/tfjs-core/dist/chained/square';
export * from '@tensorflow/tfjs-core';
/** Which one it is. */
export declare const version: string;
`,
  'tfjs-core/package.json': '{ "name": "@tensorflow/tfjs-core", "types": "dist/index.d.ts" }',
  'tfjs-core/dist/index.d.ts':
    "/// <amd-module name=\"core\" />\nimport './chained/nothing';\nexport * from './base';\n",
  'tfjs-core/dist/base.d.ts': `import * as io from './io';
import { version } from './version';
export { Tensor, Scalar } from './tensor';
export type { OnlyType } from './only';
export * from './ops/ops';
export { Rank } from './rank';
export { io, version as version_core };
`,
  'tfjs-core/dist/version.d.ts': 'declare const version = "1";\nexport { version };\n',
  'tfjs-core/dist/rank.d.ts': "export type Rank = '0' | '1';\n",
  'tfjs-core/dist/only.d.ts': 'export declare class OnlyType { only: true }\n',
  'tfjs-core/dist/io.d.ts':
    "export declare function load(): import('./tensor').Tensor;\ndeclare const fallback: 5;\nexport default fallback;\n",
  'tfjs-core/dist/tensor.d.ts': `import { Rank } from './rank';
/** Extends Rank, and more. */
export declare class Tensor<R extends Rank = Rank> {
  readonly rankType: R;
  constructor(rank: R);
}
export type Scalar = Tensor<'0'>;
export declare function setTracker(tracker: () => Tensor): void;
`,
  'tfjs-core/dist/ops/ops.d.ts':
    "export { square } from './square';\nexport * from './names';\nexport * from './later';\nexport * from './implicit';\n",
  'tfjs-core/dist/ops/square.d.ts': `/**
 * @license of the file
 */
import { Tensor } from '../tensor';
declare function square_<T extends Tensor>(x: T | number): T;
/** Squares, as one does. */
export declare const square: typeof square_;
export {};
`,
  // In the scope of the entry, where this is, other modules would take it for what is global.
  'tfjs-core/dist/ops/names.d.ts':
    'export interface Promise { own: true }\nexport type Names = "a" | "b";\nexport {};\n',
  'tfjs-core/dist/ops/later.d.ts': 'export declare function later(): Promise<number>;\nexport {};\n',
  // Without an export statement, all that declarations declare is exported.
  'tfjs-core/dist/ops/implicit.d.ts': 'declare const hidden: 1;\nexport declare const implicit: typeof hidden;\n',
  'tfjs-core/dist/chained/square.d.ts': `import { Rank } from '../rank';
declare module '../tensor' {
  interface Tensor<R extends Rank = Rank> {
    square<T extends Tensor>(this: T): T;
  }
}
`,
  'tfjs-core/dist/chained/nothing.d.ts': 'export {};\n',
};

/** A library like TensorFlow.js in what it does to modules. */
export const LIBRARY = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`${SCOPE}/${name}`, text]));
