// `npm start`: installs and builds what is missing, then opens the course in the lab.
import { ensureBuilt, ensureInstalled, requireNode } from './setup.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const { main } = await import('../dist/cli/index.js');
await main(['lab', ...process.argv.slice(2)]);
