import { readFileSync } from 'node:fs'

/** Length of the kernel's tick in /proc, in microseconds; the same on every Linux that Node.js runs on. */
const tickMicros = 10_000

/** CPU time that a process has used, all its threads together, in microseconds; `undefined` where there is no /proc. */
export function cpuMicros(pid: number): number | undefined {
  try {
    return parseCpuMicros(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return undefined
  }
}

/** CPU time of the processes that a process has started and that have ended, in microseconds; of those that ended within it
 *  without being waited for, nothing is known. `undefined` where there is no /proc. */
export function childrenCpuMicros(pid: number): number | undefined {
  try {
    return parseCpuMicros(readFileSync(`/proc/${pid}/stat`, 'latin1'), 'children')
  } catch {
    return undefined
  }
}

/** @param stat - what /proc/PID/stat holds */
export function parseCpuMicros(stat: string, whose: 'own' | 'children' = 'own'): number {
  // The command's name is in brackets and may hold anything; the fields of proc(5) after it start with the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const first = whose === 'own' ? 11 : 13
  return (Number(fields[first]) + Number(fields[first + 1])) * tickMicros
}

/** CPU time that each group of processes has used since this was made. */
export function watchCpu<N extends string>(
  pids: Partial<Record<N, number[]>>,
): () => Partial<Record<N, number>> {
  const names = Object.keys(pids) as N[]
  const read = () => names.map(name => sum((pids[name] ?? []).map(cpuMicros)))
  const before = read()
  return () => {
    const after = read()
    const spent = names.flatMap((name, i) => {
      const [from, to] = [before[i], after[i]]
      return from === undefined || to === undefined ? [] : [[name, to - from] as const]
    })
    return Object.fromEntries(spent) as Partial<Record<N, number>>
  }
}

function sum(values: (number | undefined)[]): number | undefined {
  return values.reduce(
    (total, value) => (total === undefined || value === undefined ? undefined : total + value),
    0,
  )
}
