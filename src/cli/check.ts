import type { Command } from 'commander';
import { checkExerciseFile, formatForTerminal, listExercises } from '../grader/index.ts';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description("check an exercise's file; without a name, list the exercises")
    .argument('[exercise]', 'such as 01-training/gradient-step')
    .option('--file <path>', 'check this file in place of the one in exercises/')
    .option('--json', 'print the report as JSON')
    .action(async (id: string | undefined, flags: { file?: string; json?: boolean }) => {
      if (id === undefined) {
        for (const exercise of listExercises()) console.log(exercise.id);
        return;
      }
      const result = await checkExerciseFile(id, flags.file === undefined ? {} : { file: flags.file });
      console.log(flags.json ? JSON.stringify(result, undefined, 1) : formatForTerminal(result));
      if (!result.passed) process.exitCode = 1;
    });
}
