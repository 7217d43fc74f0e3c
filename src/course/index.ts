/** Chapters to notebooks, runs of notebooks, and the proof that the course keeps its promises. */
export { type BuildOptions, type BuildResult, buildCourse, chapterNames } from './build.ts';
export { type Block, type Chapter, type FenceMarks, parseChapter } from './fences.ts';
export { type ChapterEntry, listChapters } from './list-chapters.ts';
export { type Cell, type Notebook, readNotebook, writeNotebook } from './notebook.ts';
export { type CellRun, type RunFailure, type RunOptions, type RunResult, runNotebook } from './run-notebook.ts';
export { type Finding, type VerifyOptions, verifyCourse } from './verify.ts';
