import { effect, signal } from '@preact/signals'
import { readPreference, writePreference } from './preferences.ts'

/** `system` follows the device. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const kept = themes.find(name => name === readPreference('theme'))

export const theme = signal<Theme>(kept ?? 'system')

/** Shows the chosen theme, now and whenever it changes. */
export function followTheme(root: HTMLElement): void {
  effect(() => {
    const chosen = theme.value
    if (chosen === 'system') delete root.dataset.theme
    else root.dataset.theme = chosen
    writePreference('theme', chosen === 'system' ? undefined : chosen)
  })
}

export function nextTheme(current: Theme): Theme {
  return themes[(themes.indexOf(current) + 1) % themes.length] ?? 'system'
}
