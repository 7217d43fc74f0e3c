/** What is shown in a notebook: the only folder of the library that knows that it may be in one. */
import { drawProgress } from './live.ts';

export { html, md, type Prose } from './prose.ts';
export { type Shown, show } from './show.ts';
export { type Sink, useSink } from './sink.ts';

drawProgress();
