import type { Message } from '../../kernel/client/index.ts';
import { displayIdOf, KeptOutputs } from './kept-outputs.ts';
import { serverMessage } from './process.ts';
import type { RunModel } from './run-model.ts';

interface Run {
  request: Message;
  cellId: string;
  state: RunModel['state'];
  executionCount: number | null;
  started: Date;
  changed: Date;
  outputs: KeptOutputs;
  input: Message | undefined;
}

/** Beyond this the cells that ended first are forgotten. */
const MAX_BYTES = 192 * 2 ** 20;
const OUTPUT_TYPES = new Set(['stream', 'display_data', 'execute_result', 'error', 'clear_output']);

/**
 * The latest run of each cell of the notebooks that use one kernel, with all that it showed: a page that is reloaded in
 * the middle of a run, opened later or opened twice finds here what it did not receive.
 */
export class Runs {
  readonly #byMessage = new Map<string, Run>();
  readonly #byCell = new Map<string, Run>();
  readonly #isConnected: (session: string) => boolean;

  /** `isConnected` tells whether a client with this session in its headers is there. */
  constructor(isConnected: (session: string) => boolean) {
    this.#isConnected = isConnected;
  }

  /** A client asked for a run. The model of the run, when it is a notebook's cell. */
  start(request: Message): RunModel | undefined {
    const { cellId } = request.metadata;
    if (typeof cellId !== 'string' || request.content.silent === true) return undefined;
    const older = this.#byCell.get(cellId);
    if (older !== undefined) this.#forget(older);
    const now = new Date();
    const run: Run = {
      request,
      cellId,
      state: 'queued',
      executionCount: null,
      started: now,
      changed: now,
      outputs: new KeptOutputs(),
      input: undefined,
    };
    this.#byMessage.set(request.header.msg_id, run);
    this.#byCell.set(cellId, run);
    return this.#model(run);
  }

  /** What the kernel says, or what is said in its name. */
  receive(message: Message): void {
    const { channel, header, parent_header, content } = message;
    if (header.msg_type === 'update_display_data') {
      const id = displayIdOf(content);
      for (const run of this.#byCell.values()) if (run.outputs.update(id, content)) run.changed = new Date();
      return;
    }
    const run = this.#byMessage.get(parent_header.msg_id ?? '');
    if (run === undefined) return;
    run.changed = new Date();
    if (channel === 'stdin') run.input = message;
    else if (header.msg_type === 'execute_input') run.executionCount = Number(content.execution_count);
    else if (header.msg_type === 'status') this.#setState(run, content.execution_state);
    else if (header.msg_type === 'execute_reply') addPage(run, content);
    else if (OUTPUT_TYPES.has(header.msg_type)) {
      const id = displayIdOf(content);
      // A display that is shown again changes where it stood before as well.
      if (id !== undefined)
        for (const each of this.#byCell.values()) if (each !== run) each.outputs.update(id, content);
      run.outputs.add(message);
      this.#bound();
    }
  }

  /** A client answered the question of a run. What a page shows of it as an output, for those that did not answer. */
  answered({ content }: Message): Message | undefined {
    const run = [...this.#byCell.values()].find(each => each.input !== undefined && each.state === 'running');
    if (run?.input === undefined) return undefined;
    const { prompt, password } = run.input.content;
    const text = `${prompt} ${password === true ? '········' : content.value}\n`;
    const { header, parent_header } = run.input;
    const message = serverMessage('iopub', 'stream', header.session, { name: 'stdin', text });
    message.parent_header = parent_header;
    run.outputs.add(message);
    run.input = undefined;
    return message;
  }

  /** The questions that nobody sees any more. */
  unseenQuestions(): Message[] {
    const runs = [...this.#byCell.values()].filter(run => !this.#isAttended(run));
    return runs.flatMap(({ input }) => input ?? []);
  }

  /** Somebody cleared the outputs of a run: they are not to come back. */
  cleared(id: unknown): void {
    const run = this.#byMessage.get(String(id));
    if (run?.state === 'done') this.#forget(run);
    else run?.outputs.clear();
  }

  list(): RunModel[] {
    return [...this.#byCell.values()].map(run => this.#model(run));
  }

  #isAttended({ request }: Run): boolean {
    return this.#isConnected(request.header.session);
  }

  #model(run: Run): RunModel {
    const { request, cellId, state, executionCount, started, changed, outputs, input } = run;
    const attended = this.#isAttended(run);
    return {
      msg_id: request.header.msg_id,
      cell_id: cellId,
      code: String(request.content.code),
      state,
      execution_count: executionCount,
      started: started.toISOString(),
      changed: changed.toISOString(),
      outputs: outputs.list(),
      cut: outputs.isCut,
      attended,
      input: input === undefined || attended ? null : { header: input.header, content: input.content },
    };
  }

  #setState(run: Run, state: unknown): void {
    if (state === 'busy' && run.state === 'queued') run.state = 'running';
    if (state !== 'idle') return;
    run.state = 'done';
    run.input = undefined;
  }

  #bound(): void {
    let bytes = 0;
    for (const { outputs } of this.#byCell.values()) bytes += outputs.bytes;
    for (const run of this.#byCell.values()) {
      if (bytes <= MAX_BYTES) return;
      if (run.state !== 'done') continue;
      bytes -= run.outputs.bytes;
      this.#forget(run);
    }
  }

  #forget(run: Run): void {
    this.#byMessage.delete(run.request.header.msg_id);
    this.#byCell.delete(run.cellId);
  }
}

/** What a cell such as `Math.max?` opens comes with the reply. */
function addPage(run: Run, { payload }: Record<string, unknown>): void {
  const page = Array.isArray(payload) ? payload.find(each => each?.source === 'page') : undefined;
  if (page === undefined) return;
  const header = { ...run.request.header, msg_type: 'display_data' };
  run.outputs.add({ header, content: { data: page.data, metadata: {} } });
}
