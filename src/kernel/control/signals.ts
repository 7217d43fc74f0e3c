import inspector from 'node:inspector';
import { constants } from 'node:os';

/** Node's own handler of one signal, on the event loop of the thread that makes it. */
interface SignalHandle {
  onsignal: () => void;
  /** 0, or why it cannot. */
  start(signal: number): number;
  unref(): void;
  close(): void;
}

type InternalBinding = (module: 'signal_wrap') => { Signal: new () => SignalHandle };

export interface SignalWatch {
  close(): void;
}

/**
 * Calls back on this thread for each SIGINT of the process. `process.on` hears it on the main thread only, once the code
 * that runs there lets go. Other handlers are called as ever. Undefined where this version of Node does not let us.
 */
export function watchSigint(onSigint: () => void): SignalWatch | undefined {
  try {
    const { Signal } = internalBinding()('signal_wrap');
    const handle = new Signal();
    handle.onsignal = onSigint;
    if (handle.start(constants.signals.SIGINT) !== 0) return undefined;
    handle.unref();
    return { close: () => handle.close() };
  } catch {
    return undefined;
  }
}

/**
 * The function with which Node's own modules load what is native. Workers have the handler of signals too, but no door to
 * it: `process.binding` lists it in some versions only. So it is taken from where that function sees it.
 */
function internalBinding(): InternalBinding {
  const session = new inspector.Session();
  session.connect();
  try {
    const { result } = ask<{ result: RemoteObject }>(session, 'Runtime.evaluate', { expression: 'process.binding' });
    const { internalProperties = [] } = propertiesOf(session, result);
    const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]');
    for (const scope of scopes?.value ? propertiesOf(session, scopes.value).result : []) {
      if (!scope.value || scope.value.description === 'Global') continue;
      const found = propertiesOf(session, scope.value).result.find(({ name }) => name === 'internalBinding');
      if (found?.value) return valueBehind(session, found.value) as InternalBinding;
    }
    throw new Error('this version of Node keeps internalBinding elsewhere');
  } finally {
    session.disconnect();
  }
}

interface RemoteObject {
  objectId?: string;
  description?: string;
}

interface Property {
  name: string;
  value?: RemoteObject;
}

function propertiesOf(session: inspector.Session, { objectId }: RemoteObject) {
  const parameters = { objectId, ownProperties: true };
  return ask<{ result: Property[]; internalProperties?: Property[] }>(session, 'Runtime.getProperties', parameters);
}

/** A session with the thread's own inspector answers before the call returns. */
function ask<T>(session: inspector.Session, method: string, parameters: object): T {
  let answer: T | undefined;
  session.post(method, parameters, (error, result) => {
    if (!error) answer = result as T;
  });
  if (answer === undefined) throw new Error(`${method} gave no answer`);
  return answer;
}

const TAKEN = Symbol.for('learnable.kernel.taken');

/** What the inspector names, as it is. */
function valueBehind(session: inspector.Session, { objectId }: RemoteObject): unknown {
  const global = globalThis as { [TAKEN]?: (value: unknown) => void };
  let value: unknown;
  global[TAKEN] = taken => {
    value = taken;
  };
  const functionDeclaration = "function () { globalThis[Symbol.for('learnable.kernel.taken')](this); }";
  ask(session, 'Runtime.callFunctionOn', { objectId, functionDeclaration });
  delete global[TAKEN];
  return value;
}
