import { setFlagsFromString } from 'node:v8'

/** Node.js versions with these flags. */
const minMajor = 24

const flags = [
  // Buffers count together with the heap, and both may grow to four times what is alive.
  '--external-memory-accounted-in-global-limit',
  '--heap-growing-percent=300',
  // The young generation alone is collected, in less than 1 ms, after every 32 MB of buffers.
  '--scavenger-max-new-space-capacity-mb=8',
]

/** Lets V8 free the buffers that a video brings without a look at the whole heap: that would be twice as much work as all
 *  else of fetching the video from GridFS. */
export function collectGarbageLessOften(): void {
  if (Number.parseInt(process.versions.node, 10) < minMajor) return
  for (const flag of flags) setFlagsFromString(flag)
}
