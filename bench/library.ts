/**
 * The library's own algorithms beside scikit-learn, pandas and the nearest npm libraries, in turns, one thread each; the
 * time is that of the processor, so that what else the machine does counts little. What each found stands beside it.
 * To meet: never slower than the npm one, within 3 times of the Python one.
 * Run: npm run bench library [TASK…]; PYTHON names the program, PEERS a folder with npm packages that are not installed here.
 */
import { availableParallelism } from 'node:os';
import { readInputs } from './library/inputs.ts';
import { measureTask } from './library/measure.ts';
import { startPython } from './library/python.ts';
import { table } from './library/table.ts';
import { createTasks } from './library/tasks.ts';

const wanted = process.argv.slice(2).map(name => name.toLowerCase());
const inputs = await readInputs();
const tasks = (await createTasks(inputs)).filter(
  ({ name }) => wanted.length === 0 || wanted.some(part => name.toLowerCase().includes(part)),
);
const python = await startPython(inputs);
const rows: Awaited<ReturnType<typeof measureTask>>[] = [];
try {
  for (const task of tasks) {
    process.stderr.write(`${task.name} …\n`);
    rows.push(await measureTask(task, python));
  }
} finally {
  python?.end();
}
console.log(`\nNode ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`);
console.log(python ? `${python.versions}, 1 thread\n` : 'Python with scikit-learn and pandas: not installed\n');
console.log(table(rows));
