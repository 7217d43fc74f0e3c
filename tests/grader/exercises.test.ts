import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DISPLAY } from '../../src/display/channel.ts';
import {
  check,
  checkExerciseFile,
  courseRoot,
  type Functions,
  formatForTerminal,
  hint,
  listExercises,
  loadExercise,
  loadSolution,
  solution,
} from '../../src/grader/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'learnable-check-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function answerFile(source: string): string {
  const file = join(folder, `answer-${Math.floor(performance.now() * 1000)}.ts`);
  writeFileSync(file, source);
  return file;
}

const exercises = await Promise.all(
  listExercises().map(async files => ({
    ...files,
    exercise: await loadExercise(files),
    answer: await loadSolution(files),
  })),
);

test('there are the four exercises of the first chapter', () => {
  expect(exercises.map(({ id }) => id)).toEqual([
    '01-training/choose-learning-rate',
    '01-training/gradient-step',
    '01-training/mean-squared-error',
    '01-training/predict',
  ]);
});

describe.each(exercises)('$id', ({ id, exercise, answer, solution: solutionFile }) => {
  test('the solution passes, here and in a process of its own', async () => {
    const here = await check(id, answer);
    expect(here.status).toBe('passed');
    const there = await checkExerciseFile(id, { file: solutionFile });
    expect(there.checks.map(({ status, tried }) => [status, tried])).toEqual(
      here.checks.map(({ status, tried }) => [status, tried]),
    );
    expect(there.status).toBe('passed');
  });

  test('the stub is not attempted, which is no error', async () => {
    const result = await checkExerciseFile(id);
    expect(result.status).toBe('not-attempted');
    expect(result.typeProblems).toEqual([]);
    expect(String(result)).toContain(`await hint('${id}')`);
    expect(String(result)).not.toContain('Error');
  });

  test.each(exercise.mutants.map(mutant => [mutant.name, mutant] as const))(
    'catches and explains: %s',
    async (_, mutant) => {
      const result = await check(id, { ...answer, ...mutant.functions } as Functions);
      expect(result.status).toBe('failed');
      expect(result.misconception?.explanation).toBe(mutant.explanation);
      expect(String(result)).toContain(mutant.explanation);
    },
  );

  test('NaN never passes', async () => {
    const name = exercise.functions[0]!;
    for (const value of [NaN, [NaN, NaN, NaN], { slope: NaN, intercept: NaN }, undefined]) {
      const { checks } = await check(id, { [name]: () => value });
      expect(checks.filter(({ status }) => status !== 'failed')).toEqual([]);
    }
  });
});

describe('what a learner reads', () => {
  test('the whole report of a wrong answer', async () => {
    const result = await check('01-training/predict', {
      predict: (xs: number[], slope: number) => xs.map(x => slope * x),
    });
    expect(String(result)).toBe(
      `Predict with a line (01-training/predict): ✗ 1 of 4 checks passed
  ✗ With slope 0 every prediction is the intercept
      tried     predict([-3, 0, 8], 0, 5) → [0, 0, 0]
      received  [0, 0, 0], which differs at item 0
      expected  [5, 5, 5]
      because   a line with slope 0 is flat: it lies at the height of its intercept everywhere
      hint      What is left of slope · x + intercept when the slope is 0?
  ✗ At x = 0 the prediction is the intercept
      tried     predict([0], 7, -2) → [0]
      received  [0], which differs at item 0
      expected  [-2]
      because   7 · 0 + (−2) is −2
      hint      The intercept is where the line crosses x = 0: it is added, not multiplied.
  ✗ One step to the right climbs by the slope
      tried     predict([1, 2, 3, 4], 2.5, 1) → [2.5, 5, 7.5, 10]
      received  [2.5, 5, 7.5, 10], which differs at item 0
      expected  [3.5, 6, 8.5, 11]
      because   each x is 1 more than the one before it, so each prediction is one slope (2.5) more
      hint      The slope multiplies each x.
  ✓ No inputs, no predictions

What seems to have happened
  Your line always goes through the origin: the intercept is never added. A penguin with flippers of (standardised) length 0 still weighs something.`,
    );
  });

  test('an unknown name offers the nearest', async () => {
    const error = await check('01-training/gradientstep', {}).catch(reason => reason);
    expect(error.message).toBe("There is no exercise '01-training/gradientstep'.");
    expect(error.hint).toContain("Did you mean '01-training/gradient-step'");
    expect((await hint('predict').catch(reason => reason)).hint).toContain("Did you mean '01-training/predict'");
  });

  test('functions that were not passed', async () => {
    const result = await check('01-training/predict', {});
    expect(result.status).toBe('failed');
    expect(result.checks[0]?.received).toBe(
      'an error: Missing: there is no function predict here. Does your answer define it under exactly this name?',
    );
    const error = await check('01-training/predict', undefined as unknown as Functions).catch(reason => reason);
    expect(error.hint).toBe("Write: await check('01-training/predict', { predict })");
  });

  test('an answer that changes its arguments changes only its own copy', async () => {
    const { status } = await check('01-training/mean-squared-error', {
      meanSquaredError(predictions: number[], targets: number[]) {
        const n = predictions.length;
        let sum = 0;
        while (predictions.length) sum += (predictions.pop()! - targets.pop()!) ** 2;
        return sum / n;
      },
    });
    expect(status).toBe('passed');
  });

  test('hints come one after the other, and the last one says what is left', async () => {
    const texts = [];
    for (let i = 0; i < 4; i++) texts.push(String(await hint('01-training/gradient-step')));
    expect(texts.map(text => text.slice(0, 11))).toEqual(['Hint 1 of 3', 'Hint 2 of 3', 'Hint 3 of 3', 'Hint 3 of 3']);
    expect(texts[2]).toContain("await solution('01-training/gradient-step')");
    expect(String(await hint('01-training/gradient-step', 1))).toBe(texts[0]);
    await expect(hint('01-training/gradient-step', 4)).rejects.toThrow('expected a hint from 1 to 3, received 4.');
    const answer = String(await solution('01-training/predict'));
    expect(answer).toContain('xs.map(x => slope * x + intercept)');
    expect(answer).not.toContain('export ');
  });

  test('a card tells the misconception first, and opens one failure only', async () => {
    const sum = (p: number[], t: number[]) => p.reduce((total, value, i) => total + (value - t[i]!) ** 2, 0);
    const result = await check('01-training/mean-squared-error', { meanSquaredError: sum });
    const html = String(result[DISPLAY]()['text/html']);
    const failed = result.checks.filter(({ status }) => status === 'failed');
    expect(failed.length).toBeGreaterThan(1);
    expect(html.match(/<details/g)).toHaveLength(failed.length);
    expect(html.match(/<details open/g)).toHaveLength(1);
    expect(html.indexOf('What seems to have happened')).toBeGreaterThan(0);
    expect(html.indexOf('What seems to have happened')).toBeLessThan(html.indexOf('<details'));
  });

  test('a card carries the text, the data and escaped HTML', async () => {
    const result = await check('01-training/predict', { predict: () => '<script>alert(1)</script>' });
    const bundle = result[DISPLAY]();
    expect(bundle['text/plain']).toBe(String(result));
    expect(bundle['text/html']).toContain('&lt;script&gt;alert(1)');
    expect(bundle['text/html']).not.toContain('<script');
    expect(bundle['application/vnd.learnable.check+json']).toMatchObject({
      id: '01-training/predict',
      status: 'failed',
    });
  });
});

describe('a file in a process of its own', () => {
  const checkPredict = (source: string, options = {}) =>
    checkExerciseFile('01-training/predict', { file: answerFile(source), ...options });

  test('type errors are told with a frame', async () => {
    const result = await checkPredict(
      'export function predict(xs: number[], slope: number, intercept: number): number[] {\n  return xs.map(x => String(slope * x + intercept));\n}\n',
    );
    expect(result.status).toBe('failed');
    expect(result.typeProblems[0]).toMatchObject({ line: 2, column: 3 });
    expect(result.typeProblems[0]?.message).toContain("Type 'string[]' is not assignable to type 'number[]'");
    expect(result.typeProblems[0]?.frame).toContain('> 2 |   return xs.map(');
    expect(result.checks[0]?.received).toContain("item 0 is the text '5'");
  });

  test('a file that cannot be loaded', async () => {
    const result = await checkPredict('export function predict( {', { types: false });
    expect(result.status).toBe('failed');
    expect(result.checks[0]?.title).toBe('The file loads');
  });

  test('an error says where', async () => {
    const result = await checkPredict('export function predict(): number[] {\n  throw new Error("oh");\n}', {
      types: false,
    });
    expect(result.checks[0]?.received).toMatch(/^an error.*: Error: oh$/);
  });

  test('process.exit() ends only that process', async () => {
    const result = await checkPredict('export function predict(): number[] { process.exit(3); }', { types: false });
    expect(result.status).toBe('failed');
    expect(result.checks[0]?.received).toContain('your file ended its process (exit code 3)');
  });

  test('an endless loop is stopped: the check, the time and the limit are named', async () => {
    const result = await checkPredict('export function predict(): number[] { for (;;); }', { types: false });
    expect(result.status).toBe('failed');
    expect(result.checks[0]?.received).toMatch(
      /^no answer after 5\.\d s \(the limit of the check "With slope 0 every prediction is the intercept" is 5\.0 s\)$/,
    );
    expect(result.checks[3]?.received).toBe('nothing: it was not tried, as earlier checks ran out of time');
  }, 30_000);

  test('what it prints is shown, and cannot command a terminal or a CI', async () => {
    const result = await checkPredict(
      'console.log("\\u001b[2J::error::hi\\n::error::hi");\nexport const predict = () => [1];',
      { types: false },
    );
    const text = formatForTerminal(result, { colour: false });
    expect(text).toContain('Your answer printed:');
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain('\u001b');
    expect(formatForTerminal(result, { colour: true })).toContain('\u001b[31m');
  });

  test('a file that is not there', async () => {
    await expect(checkExerciseFile('01-training/predict', { file: join(courseRoot, 'no.ts') })).rejects.toThrow(
      'There is no file',
    );
  });
});
