import type { Command } from 'commander';
import colour from 'picocolors';
import { buildCourse } from '../course/index.ts';

export function addCourse(program: Command): void {
  const course = program.command('course').description('work on the course itself');
  course
    .command('build')
    .description('make the notebooks from the chapters')
    .option('--check', 'write nothing; fail if a notebook differs from its chapter')
    .action(async ({ check = false }: { check?: boolean }) => {
      const { notebooks, problems, ok } = await buildCourse({ check });
      for (const problem of problems) console.log(`${colour.red('✗')} ${problem}`);
      for (const { chapter, notebook, status } of notebooks) {
        const mark = status === 'differs' ? colour.red('✗') : colour.green('✓');
        console.log(`${mark} ${notebook} ${status === 'differs' ? `differs from ${chapter}` : status}`);
      }
      if (!ok) process.exitCode = 1;
    });
}
