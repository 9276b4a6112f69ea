import { execFileSync } from 'node:child_process'
import { findProgram } from './find-program.ts'

const names = ['python3', ...[15, 14, 13, 12, 11, 10].map(minor => `python3.${minor}`)]
const probe = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'

/** A Python >= 3.10 that can create virtual environments with pip. Debian has that in a separate package. */
export function findPython(): string | undefined {
  const candidates = names.flatMap(name => [findProgram(name), `/usr/bin/${name}`])
  return candidates.find(path => path !== undefined && canMakeEnvironments(path))
}

function canMakeEnvironments(python: string): boolean {
  try {
    execFileSync(python, ['-c', probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
