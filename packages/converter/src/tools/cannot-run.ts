import { ConverterError } from '../converter-error.ts'

/** POSIX: what a shell ends with when it cannot run a program (126), or cannot find it (127); the loader of shared
 *  libraries does the same. */
const exitCodes = [126, 127]

/** What is put before a program has failed. No line of a tool begins like that: it names itself, or what it reads. */
const wordsFailed = /^(nsenter|setpriv|unshare): /

/** @param stderr - from its beginning */
export function couldNotRun(exitCode: number | null, stderr = ''): boolean {
  return exitCodes.some(code => code === exitCode) || (exitCode !== 0 && wordsFailed.test(stderr))
}

/** @param reason - in the words of the system or the shell */
export function cannotRun(path: string, reason: string): ConverterError {
  const [firstLine = ''] = reason.trim().split('\n')
  return new ConverterError(
    'ERR_TOOL_UNUSABLE',
    `Cannot run ${path}: ${firstLine.replace(/^sh: (\d+: )?/, '')}`,
  )
}
