import { availableParallelism } from 'node:os'
import type { Cell } from './jail/cell.ts'
import { conversionsWithin, memoryForEach, memoryLimitBytes } from './memory.ts'

/** What one run of ffmpeg or ffprobe may use. A hostile file must end the tool alone, not the converter beside it. */
export interface ToolLimits {
  /** Memory that it may allocate, in bytes. Enough for video of 8K. */
  memoryBytes: number
  /** Processor time, in seconds. */
  cpuSeconds: number
  /** Largest file that it may write, in bytes. */
  fileBytes: number
  /** Processes and threads of its user. @default no limit */
  processes?: number | undefined
}

const mebibyte = 1024 ** 2

export const defaultLimits: ToolLimits = {
  memoryBytes: memoryForEach(
    memoryLimitBytes(),
    conversionsWithin(memoryLimitBytes(), availableParallelism()),
  ),
  cpuSeconds: 3_600,
  fileBytes: 64 * 1024 * mebibyte,
}

/** Limits of a run, in a cell whose memory was shared out. */
export function limitsIn(
  cell: Pick<Cell, 'memoryBytes' | 'processes'> | undefined,
  limits?: Partial<ToolLimits>,
): ToolLimits {
  return {
    ...defaultLimits,
    ...(cell && { memoryBytes: cell.memoryBytes, processes: cell.processes }),
    ...limits,
  }
}

/** Address space beyond the allocated memory, in bytes: libraries, stacks, and what allocators reserve without using it. */
const reservedBytes = 2_048 * mebibyte

/** The hard limit of processor time comes later, in seconds: at that one the kernel kills without a chance to clean up. */
const cpuGraceSeconds = 5

// POSIX: -f counts blocks of 512 bytes. Processes are -u or -p, by the shell. A system without one of these limits goes on without it.
// Threads get stacks of the size of the main one, 8 MiB by default, which count as allocated memory; decoders and filters start
// one for each core.
const script = `
ulimit -c 0
ulimit -S -s 2048
ulimit -d "$1"
ulimit -v "$2"
ulimit -S -t "$3"
ulimit -H -t "$4"
ulimit -f "$5"
[ -z "$6" ] || ulimit -u "$6" 2>/dev/null || ulimit -p "$6" 2>/dev/null
shift 6
exec "$@"`.replaceAll(/^(ulimit .*)$/gm, '$1 2>/dev/null')

/** The arguments for `/bin/sh` that set the limits and then become the program, under the same process id. */
export function limitedArguments(
  path: string,
  args: readonly string[],
  { memoryBytes, cpuSeconds, fileBytes, processes }: ToolLimits,
): string[] {
  const limits = [
    memoryBytes / 1024,
    (memoryBytes + reservedBytes) / 1024,
    cpuSeconds,
    cpuSeconds + cpuGraceSeconds,
    fileBytes / 512,
  ]
  const numbers = limits.map(limit => String(Math.ceil(limit)))
  return ['-c', script, 'sh', ...numbers, processes === undefined ? '' : String(processes), path, ...args]
}
