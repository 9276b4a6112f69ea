import { administratorPrefix, findProgram } from '@jackalope/local-servers'
import type { Finding } from './finding.ts'

/** The finding for a missing Debian package: `./jackalope` installs it if it may, else the user must. */
export function missingProgram(title: string, debianPackage: string): Finding {
  const apt = findProgram('apt-get')
  if (apt && administratorPrefix())
    return { kind: 'missing', text: `${title}: ./jackalope installs the Debian package ${debianPackage}` }
  if (apt) return { kind: 'wrong', text: `${title} is missing. Run: sudo apt-get install ${debianPackage}` }
  return {
    kind: 'wrong',
    text: `${title} is missing; install it by the means of this system (in Debian: ${debianPackage})`,
  }
}
