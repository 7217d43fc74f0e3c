import { type Command, InvalidArgumentError } from 'commander';
import { checkExerciseFile, findExercise, formatForTerminal, hint, listExercises, solution } from '../grader/index.ts';

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

  program
    .command('hint')
    .description('show a hint for an exercise: 1 is a nudge, 3 is nearly there')
    .argument('<exercise>')
    .argument('[number]', 'which hint', parseWhole, 1)
    .action(async (id: string, number: number) => console.log((await hint(id, number)).text));

  program
    .command('solution')
    .description('show how we solved an exercise')
    .argument('<exercise>')
    .action(async (id: string) => console.log((await solution(findExercise(id).id)).text));
}

function parseWhole(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  throw new InvalidArgumentError('Expected a whole number.');
}
