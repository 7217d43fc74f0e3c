import type { ICodeCellModel } from '@jupyterlab/cells';
import type { IOutput } from '@jupyterlab/nbformat';
import { type IOutputAreaModel, type OutputArea, OutputAreaModel } from '@jupyterlab/outputarea';
import type { KernelConnection } from '@jupyterlab/services';
import { JSONExt } from '@lumino/coreutils';
import type { RunModel } from './messages.ts';

/** What a run has shown, as a notebook has it. */
export interface ShownOutputs {
  outputs: IOutput[];
  /** At which outputs each display stands. */
  displays: Map<string, number[]>;
  /** Whether the next output takes the place of these. */
  clearsNext: boolean;
}

export function outputsOf(run: RunModel): ShownOutputs {
  const shown: ShownOutputs = { outputs: [], displays: new Map(), clearsNext: false };
  for (const { type, content } of run.outputs) {
    if (type === 'clear_output') {
      shown.clearsNext = true;
      continue;
    }
    const last = shown.outputs.at(-1);
    if (type === 'stream' && last?.output_type === 'stream' && last.name === content.name) {
      last.text = `${last.text}${content.text}`;
      continue;
    }
    const { transient, ...output } = content as { transient?: { display_id?: string } };
    const index = shown.outputs.push({ output_type: type, ...output } as IOutput) - 1;
    const id = transient?.display_id;
    if (id !== undefined) shown.displays.set(id, [...(shown.displays.get(id) ?? []), index]);
  }
  return shown;
}

/** Whether the cell shows exactly this. Compared as JupyterLab keeps it: carriage returns are applied there. */
export function areShown({ outputs }: ShownOutputs, model: ICodeCellModel): boolean {
  const expected: IOutputAreaModel = new OutputAreaModel({ values: outputs });
  const isEqual = JSONExt.deepEqual(expected.toJSON(), model.outputs.toJSON());
  expected.dispose();
  return isEqual;
}

// Private fields, under names that the type checker looks up all the same.
const PLACES = '_displayIdMap';
const RUNS_OF_DISPLAY = '_displayIdToParentIds';
const DISPLAYS_OF_RUN = '_msgIdToDisplayIds';

/**
 * Tells JupyterLab where displays stand, as it notes when it receives a display itself: without that it drops their
 * updates. It has no public way to say so.
 */
export function registerDisplays(kernel: KernelConnection, runId: string, area: OutputArea, shown: ShownOutputs): void {
  for (const [id, places] of shown.displays) {
    area[PLACES].set(id, places);
    const runs = kernel[RUNS_OF_DISPLAY].get(id) ?? [];
    if (!runs.includes(runId)) kernel[RUNS_OF_DISPLAY].set(id, [...runs, runId]);
  }
  if (shown.displays.size > 0) kernel[DISPLAYS_OF_RUN].set(runId, [...shown.displays.keys()]);
}
