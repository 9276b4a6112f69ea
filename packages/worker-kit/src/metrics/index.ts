export { type ObserveOptions, observeKit } from './observe-kit.ts'
