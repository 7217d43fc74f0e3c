/**
 * The course in the launcher: one card for each chapter that the page configuration names in `chapters`.
 */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { ILauncher } from '@jupyterlab/launcher';
import { type Chapter, readChapters } from './chapters.ts';
import { courseIcon } from './icon.ts';

const CATEGORY = 'Course';
const OPEN_CHAPTER = 'learnable:open-chapter';

export const coursePlugin: JupyterFrontEndPlugin<void> = {
  id: 'learnable:course',
  description: 'Lists the chapters of the course in the launcher and in the command palette.',
  autoStart: true,
  optional: [ILauncher, ICommandPalette],
  activate(app: JupyterFrontEnd, launcher: ILauncher | null, palette: ICommandPalette | null) {
    const chapters = readChapters(PageConfig.getOption('chapters'));
    if (chapters.length === 0) return;
    const byPath = new Map(chapters.map(chapter => [chapter.path, chapter]));
    const chapterOf = (args: { path?: unknown }): Chapter | undefined => byPath.get(String(args.path));

    app.commands.addCommand(OPEN_CHAPTER, {
      label: args => {
        const chapter = chapterOf(args);
        if (!chapter) return 'Open a Chapter';
        return args.isPalette ? `Chapter ${chapter.number}: ${chapter.title}` : `${chapter.number} · ${chapter.title}`;
      },
      caption: args => chapterOf(args)?.question ?? '',
      icon: args => (args.isPalette ? undefined : courseIcon),
      execute: args => app.commands.execute('docmanager:open', { path: String(args.path) }),
    });

    for (const { path, number } of chapters) {
      launcher?.add({ command: OPEN_CHAPTER, args: { path }, category: CATEGORY, categoryRank: -1, rank: number });
      palette?.addItem({ command: OPEN_CHAPTER, args: { path, isPalette: true }, category: CATEGORY, rank: number });
    }
  },
};
