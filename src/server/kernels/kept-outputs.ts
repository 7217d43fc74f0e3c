import type { Message } from '../../kernel/client/index.ts';
import type { KeptOutput } from './run-model.ts';

/** Text of one stream beyond this loses its middle. */
export const MAX_TEXT = 8 * 2 ** 20;
const HEAD = 2 ** 20;
const TAIL = 4 * 2 ** 20;
/** Outputs of one run beyond this lose the older half. */
export const MAX_BYTES = 48 * 2 ** 20;
const OUTPUT_BYTES = 200;

/**
 * What one run of a cell has shown so far: streams joined, `clear_output` and display updates applied, bounded in size.
 * What is left out is said where it is missing.
 */
export class KeptOutputs {
  #outputs: KeptOutput[] = [];
  #bytes = 0;
  /** Characters left out of the middle of the last stream. */
  #cut = 0;
  #lost = 0;
  #clearNext = false;

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether something was left out. */
  get isCut(): boolean {
    return this.#lost > 0;
  }

  /** The messages that make a page show the same. */
  list(): KeptOutput[] {
    const outputs = this.#outputs.map(output => ('tail' in output ? joined(output as LongStream) : output));
    return this.#clearNext ? [...outputs, { type: 'clear_output', content: { wait: true } }] : outputs;
  }

  add({ header, content }: Pick<Message, 'header' | 'content'>): void {
    const { msg_type: type } = header;
    if (type === 'clear_output') {
      if (content.wait === true) this.#clearNext = true;
      else this.clear();
      return;
    }
    if (this.#clearNext) this.clear();
    if (type === 'stream') this.#addText(String(content.name), String(content.text));
    else this.#push({ type, content });
    if (this.#bytes > MAX_BYTES) this.#dropOlderHalf();
  }

  /** Shows something else where this display stands; false when it does not stand here. */
  update(displayId: unknown, content: Record<string, unknown>): boolean {
    let found = false;
    for (const output of this.#outputs) {
      if (displayIdOf(output.content) !== displayId) continue;
      this.#bytes -= sizeOf(output);
      output.content = { ...output.content, data: content.data, metadata: content.metadata };
      this.#bytes += sizeOf(output);
      found = true;
    }
    return found;
  }

  clear(): void {
    this.#clearNext = false;
    this.#outputs = [];
    this.#bytes = 0;
    this.#cut = 0;
    this.#lost = 0;
  }

  #addText(name: string, text: string): void {
    const last = this.#outputs.at(-1);
    if (last?.type !== 'stream' || last.content.name !== name) {
      this.#push({ type: 'stream', content: { name, text: '' } });
      this.#cut = 0;
    }
    const stream = this.#outputs.at(-1) as LongStream;
    this.#bytes += text.length;
    if (stream.tail === undefined) {
      const whole = String(stream.content.text) + text;
      if (whole.length <= MAX_TEXT) {
        stream.content.text = whole;
        return;
      }
      stream.content.text = whole.slice(0, HEAD);
      stream.tail = whole.slice(HEAD);
    } else stream.tail += text;
    if (stream.tail.length <= MAX_TEXT - HEAD) return;
    const cut = stream.tail.length - TAIL;
    stream.tail = stream.tail.slice(cut);
    this.#cut += cut;
    this.#lost += cut;
    this.#bytes -= cut;
    stream.cut = this.#cut;
  }

  #push(output: KeptOutput): void {
    this.#outputs.push(output);
    this.#bytes += sizeOf(output);
  }

  #dropOlderHalf(): void {
    const dropped = this.#outputs.splice(0, Math.ceil(this.#outputs.length / 2));
    this.#lost += dropped.length;
    this.#bytes = this.#outputs.reduce((sum, output) => sum + sizeOf(output), 0);
    const text =
      '[Earlier outputs are left out here: the cell showed more than is kept for a page that is reloaded.]\n';
    if (this.#outputs[0]?.content.text === text) return;
    this.#outputs.unshift({ type: 'stream', content: { name: 'stderr', text } });
  }
}

interface LongStream extends KeptOutput {
  /** What follows `content.text`, after `cut` characters that are left out. */
  tail?: string;
  cut?: number;
}

function joined({ type, content, tail, cut }: LongStream): KeptOutput {
  const note = cut
    ? `\n[${cut} characters are left out here: more was printed than is kept for a reloaded page.]\n`
    : '';
  return { type, content: { ...content, text: `${content.text}${note}${tail}` } };
}

export function displayIdOf(content: Record<string, unknown>): unknown {
  return (content.transient as { display_id?: unknown } | undefined)?.display_id;
}

function sizeOf({ content, ...rest }: LongStream): number {
  const size = typeof content.text === 'string' ? content.text.length : JSON.stringify(content).length;
  return size + (rest.tail?.length ?? 0) + OUTPUT_BYTES;
}
