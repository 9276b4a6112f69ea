import { findChromium, requireProgram } from '@jackalope/local-servers'
import type { BrowserContext, LaunchOptions } from 'playwright-core'

/** How Playwright starts the browser of this machine; browsers of its own are never downloaded.
 *  @param env - `CHROMIUM_PATH` names another browser than the one on PATH
 *  @throws {LocalServerError} `ERR_PROGRAM_MISSING` that says what to install */
export function chromiumOptions(env: Record<string, string | undefined>): LaunchOptions {
  return {
    executablePath: env.CHROMIUM_PATH || (findChromium() ?? requireProgram('chromium', 'chromium')),
    // Chromium refuses its sandbox to root.
    chromiumSandbox: process.getuid?.() !== 0,
    // Otherwise Playwright ends this process at a signal, before the system is stopped.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    timeout: 30_000,
  }
}

/** Longest wait for anything in a browser, in milliseconds, where nothing else is said. */
const patienceMs = 30_000

/** Limits every wait of a context. */
export function limitWaits(context: BrowserContext): BrowserContext {
  context.setDefaultTimeout(patienceMs)
  context.setDefaultNavigationTimeout(patienceMs)
  return context
}
