export { onEnd } from './clean-up.ts'
export { temporaryFolder } from './temporary-folder.ts'
