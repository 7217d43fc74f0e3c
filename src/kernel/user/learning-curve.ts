import { DISPLAY, type MimeBundle } from '../../display/channel.ts';

/** What `model.fit` of TensorFlow.js gives, and what our own `fit` does. */
interface RunOfTraining {
  history: Record<string, number[]>;
}

/** The losses of a training as a picture. The code that draws it is loaded with the first one. */
export function learningCurve(value: object): Promise<MimeBundle> | undefined {
  if (!isRunOfTraining(value)) return undefined;
  return import('../../plot/index.ts').then(({ history }) => history(value)[DISPLAY]());
}

function isRunOfTraining(value: object): value is RunOfTraining {
  const { history, epoch, epochs } = value as { history?: unknown; epoch?: unknown; epochs?: unknown };
  if (history === null || typeof history !== 'object') return false;
  if (!Array.isArray(epoch) && !Array.isArray(epochs)) return false;
  const { loss } = history as { loss?: unknown };
  return Array.isArray(loss) && loss.length > 0 && loss.every(value => typeof value === 'number');
}
