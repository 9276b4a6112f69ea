import { findProgram } from './find-program.ts'

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser']

/** Where macOS has browsers, which are not on PATH there. */
const applications = [
  ['Google Chrome', '/Applications/Google Chrome.app/Contents/MacOS'],
  ['Chromium', '/Applications/Chromium.app/Contents/MacOS'],
] as const

/** Full path of Chromium or Google Chrome; `undefined` if neither is there. */
export function findChromium(): string | undefined {
  for (const name of names) {
    const path = findProgram(name)
    if (path) return path
  }
  return applications.map(([name, folder]) => findProgram(name, [folder])).find(Boolean)
}

/** A Debian package as people are told of it: with its size, when that is a size to know of. */
export function describePackage(name: string): string {
  return name === 'chromium' ? 'chromium (140 MB to download, 470 MB on disk)' : name
}
