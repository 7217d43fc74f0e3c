import type { Message } from '../protocol/message.ts';

export type Output =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { output_type: 'display_data'; data: Record<string, unknown>; metadata: Record<string, unknown> }
  | {
      output_type: 'execute_result';
      data: Record<string, unknown>;
      metadata: Record<string, unknown>;
      execution_count: number | null;
    }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[] };

/** Turns the messages of one execution into the outputs of its cell. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  #displays = new Map<string, (Output & { output_type: 'display_data' | 'execute_result' })[]>();
  #clearNext = false;

  add({ header, content }: Message): void {
    if (header.msg_type === 'clear_output') {
      if (content.wait === true) this.#clearNext = true;
      else this.#clear();
      return;
    }
    if (header.msg_type === 'update_display_data') {
      for (const output of this.#displays.get(displayId(content) ?? '') ?? []) {
        output.data = content.data as Record<string, unknown>;
        output.metadata = content.metadata as Record<string, unknown>;
      }
      return;
    }
    const output = toOutput(header.msg_type, content);
    if (!output) return;
    if (this.#clearNext) this.#clear();
    const last = this.outputs.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      last.text += output.text;
      return;
    }
    this.outputs.push(output);
    const id = displayId(content);
    if (id !== undefined && 'data' in output) this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
  }

  #clear(): void {
    this.#clearNext = false;
    this.outputs.length = 0;
    this.#displays.clear();
  }
}

function displayId(content: Record<string, unknown>): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function toOutput(type: string, content: Record<string, unknown>): Output | undefined {
  switch (type) {
    case 'stream':
      return pick(type, content, ['name', 'text']);
    case 'display_data':
      return pick(type, content, ['data', 'metadata']);
    case 'execute_result':
      return pick(type, content, ['data', 'metadata', 'execution_count']);
    case 'error':
      return pick(type, content, ['ename', 'evalue', 'traceback']);
    default:
      return undefined;
  }
}

function pick(type: string, content: Record<string, unknown>, fields: string[]): Output {
  return { output_type: type, ...Object.fromEntries(fields.map(field => [field, content[field]])) } as Output;
}
