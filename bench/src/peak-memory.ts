import { readFileSync, writeFileSync } from 'node:fs'

/** Lets the kernel count the peak of a process's memory anew (proc(5), clear_refs). */
export function forgetPeakMemory(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Not on this system: the peak is that since the start.
  }
}

/** Most memory that a process has held, in MiB; `NaN` where there is no /proc. */
export function peakMemoryMebibytes(pid: number): number {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
    return Number(kib) / 1_024
  } catch {
    return Number.NaN
  }
}
