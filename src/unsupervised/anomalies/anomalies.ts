import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertOneOf,
  assertSeed,
  countOf,
  createFitted,
  type Features,
  mismatch,
  numberedNames,
  type Predictor,
  random,
  readFeatures,
  readFeaturesFor,
  type SavedFields,
} from '../../core/index.ts';
import {
  type Detector,
  fitForest,
  fitMahalanobis,
  fitReconstruction,
  neighbourDistance,
  ownNeighbourDistances,
  RESTORED,
} from './detectors.ts';

const KINDS = ['mahalanobis', 'neighbours', 'reconstruction', 'forest'] as const;

export type AnomalyOptions = {
  /** Of the rows that it is fitted on, the share that counts as odd: sets the threshold. Default 0.05. */
  share?: number;
} & (
  | /** How many standard deviations from the mean, correlations considered. One cloud of rows. */ {
      kind?: 'mahalanobis';
    }
  | /** The distance to the k-th nearest row; default 5. Clouds of any shape; scale the features first. */ {
      kind: 'neighbours';
      neighbours?: number;
    }
  | /** The error of a PCA with so many components: what does not follow the pattern of the others. */ {
      kind: 'reconstruction';
      components: number;
    }
  | /** An isolation forest: what random questions part from the others soon. Many rows, features of any unit. */ {
      kind: 'forest';
      /** Default 100. */
      trees?: number;
      /** Rows for each tree. Default 256. */
      sampleSize?: number;
      /** Default 0: the same forest each time. */
      seed?: number;
    }
);

export type AnomalyMethod = (typeof KINDS)[number];

export interface AnomalyModel extends Predictor<boolean> {
  readonly kind: 'anomalies';
  readonly method: AnomalyMethod;
  /** Rows with a higher score count as odd. */
  readonly threshold: number;
  /** The scores of the rows that it was fitted on. */
  readonly fittedScores: readonly number[];
  /** x: (rows, features) → how odd each row is: the higher, the odder. */
  scores(x: Features): number[];
  /** x: (rows, features) → whether its score is above the threshold. */
  predict(x: Features): boolean[];
}

const OWN_KEYS = {
  mahalanobis: [],
  neighbours: ['neighbours'],
  reconstruction: ['components'],
  forest: ['trees', 'sampleSize', 'seed'],
} as const;

/**
 * Anomaly scores: how odd each row is beside the rows that it was fitted on, by one of four measures.
 *
 * x: (rows, features). Throws on empty or missing data and on fewer rows than the measure needs.
 *
 * @example
 * const usual = [[1, 1], [2, 2.1], [3, 2.9], [4, 4.1], [5, 5], [6, 5.9]];
 * const model = unsupervised.anomalies(usual, { kind: 'mahalanobis' });
 * model.scores([[3, 3], [3, 6]]);   // the second one is far off the line
 */
export function anomalies(x: Features, options: AnomalyOptions = {}): AnomalyModel {
  const where = 'unsupervised.anomalies';
  const { kind = 'mahalanobis', share = 0.05 } = options;
  assertOneOf(`${where}({ kind })`, kind, KINDS);
  assertKeys(`${where}(x, options)`, options, ['kind', 'share', ...OWN_KEYS[kind]]);
  assertNumber(`${where}({ share })`, share, { min: 0, max: 1 });
  const matrix = readFeatures(`${where}(x)`, x);
  if (matrix.rows < 2) throw mismatch({ where: `${where}(x)`, expected: 'at least 2 rows', received: '1' });
  const { detector, own } = fitDetector(where, matrix, options);
  const fittedScores = Array.from(own ?? detector.scoresOf(matrix));
  return anomalyModel({
    features: matrix.features ?? numberedNames(matrix.columns),
    method: kind,
    threshold: quantile(fittedScores, 1 - share),
    fittedScores,
    detector,
  });
}

/** `own`: the scores of the rows that it was fitted on, where they are not simply those of rows like them. */
function fitDetector(
  where: string,
  x: ReturnType<typeof readFeatures>,
  options: AnomalyOptions,
): { detector: Detector; own?: Float64Array } {
  switch (options.kind) {
    case 'neighbours': {
      const { neighbours = 5 } = options;
      const hint = `There are ${x.rows} rows.`;
      assertInteger(`${where}({ neighbours })`, neighbours, { min: 1, max: x.rows - 1, hint });
      return { detector: neighbourDistance(x, neighbours), own: ownNeighbourDistances(x, neighbours) };
    }
    case 'reconstruction': {
      const { components } = options;
      const most = Math.min(x.rows - 1, x.columns);
      assertInteger(`${where}({ components })`, components, { min: 1, max: most });
      return { detector: fitReconstruction(x, components) };
    }
    case 'forest': {
      const { trees = 100, sampleSize = 256, seed = 0 } = options;
      assertInteger(`${where}({ trees })`, trees, { min: 1 });
      assertInteger(`${where}({ sampleSize })`, sampleSize, { min: 2 });
      assertSeed(`${where}({ seed })`, seed);
      return { detector: fitForest(x, trees, sampleSize, random(seed)) };
    }
    default:
      return { detector: fitMahalanobis(x) };
  }
}

/** Between the two values next to that place, as in most statistics programs. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!);
}

interface Learned {
  features: readonly string[];
  method: AnomalyMethod;
  threshold: number;
  fittedScores: readonly number[];
  detector: Detector;
}

function anomalyModel({ detector, ...learned }: Learned): AnomalyModel {
  const { features, method, threshold, fittedScores } = learned;
  const scores = (where: string, x: Features) => Array.from(detector.scoresOf(readFeaturesFor(where, x, features)));
  const members = {
    kind: 'anomalies' as const,
    ...learned,
    scores: (x: Features) => scores('model.scores(x)', x),
    predict: (x: Features) => scores('model.predict(x)', x).map(score => score > threshold),
  };
  const odd = fittedScores.filter(score => score > threshold).length;
  return createFitted(
    members,
    () => ({ method, threshold, fittedScores, ...detector.learned }),
    () => ({
      caption: `Anomaly scores (${method}) on ${countOf(features.length, 'feature')}: ${odd} of ${countOf(fittedScores.length, 'row')} above ${Number(threshold.toPrecision(4))}`,
    }),
  );
}

export function restoreAnomalies(saved: SavedFields): AnomalyModel {
  const method = saved.oneOf('method', KINDS);
  return anomalyModel({
    features: saved.features,
    method,
    threshold: saved.number('threshold'),
    fittedScores: saved.numbers('fittedScores'),
    detector: RESTORED[method](saved),
  });
}
