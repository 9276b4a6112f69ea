import { signal } from '@preact/signals'
import { service } from '../api/service.ts'
import { enterAsGuest, user } from '../api/session.ts'
import { announce } from '../app/announce.tsx'
import { faultsOf, optionsOf } from '../options/choice.ts'
import { choice } from '../options/options-form.tsx'
import { addFiles, addWaitingFiles, type ChosenFile } from '../uploads/add-files.ts'
import { homeTexts } from './home-texts.ts'

/** Why files could not be taken: a failure, or a text. */
export const takeFailure = signal<unknown>(undefined)

/** Whether files were chosen since the page was opened. */
export const hasTaken = signal(false)

/** Takes chosen files as the form says. Who is not signed in becomes a guest, where the service has any; else the files wait until
 *  somebody signs in. */
export async function takeFiles(chosen: readonly ChosenFile[]): Promise<void> {
  const texts = homeTexts()
  takeFailure.value = undefined
  if (chosen.length === 0) {
    takeFailure.value = texts.drop.nothing
    return
  }
  const faults = faultsOf(choice.value)
  const { track, start, end, ...others } = optionsOf(choice.value)
  // What is not right in the form is shown there; it does not stop the files.
  const options = faults.length > 0 ? others : { ...others, ...definedOf({ track, start, end }) }
  addFiles(chosen, options)
  hasTaken.value = true
  announce(texts.files.added(chosen.length))
  requestAnimationFrame(showFileList)
  if (user.value === null && service.value?.guests) {
    await enterAsGuest().catch(error => {
      takeFailure.value = error
    })
    addWaitingFiles()
  }
}

/** Scrolls to the list of files when its first row lies below the window. */
function showFileList(): void {
  const list = document.querySelector('.file-list')
  if (!list || list.getBoundingClientRect().top < window.innerHeight * 0.75) return
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  list.scrollIntoView({ behavior: isCalm ? 'auto' : 'smooth' })
}

function definedOf(texts: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
