export { createMessage } from '../protocol/create.ts';
export type { Channel, Message, MessageHeader } from '../protocol/message.ts';
export type { Output } from './outputs.ts';
export { type KernelClientOptions, startKernel } from './start.ts';
export type { ExecuteOptions, ExecuteResult, ExitStatus, KernelProcess } from './types.ts';
