export { type ObserveOptions, observeKit } from './observe-kit.ts'
export { type ObserveOutboxOptions, observeOutbox } from './observe-outbox.ts'
