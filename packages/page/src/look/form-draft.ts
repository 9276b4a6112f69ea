/** What was typed into a form whose request failed since nobody was signed in any more: it is there again after the sign-in,
 *  for this window. Passwords are not kept. */
interface Draft {
  name: string
  value: string
  isChecked: boolean
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Keeps what stands in a form. */
export function keepDraft(form: HTMLFormElement): void {
  const draft = controlsOf(form).map(control => ({
    name: control.name,
    value: control.value,
    isChecked: control instanceof HTMLInputElement && control.checked,
  }))
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(draft))
  } catch {}
}

/** Puts back what was kept, once. */
export function restoreDraft(form: HTMLFormElement): void {
  const draft = takeDraft(keyOf(form))
  for (const control of controlsOf(form)) {
    const isChoice = isCheckable(control)
    const kept = draft.find(
      ({ name, value }) => name === control.name && (!isChoice || value === control.value),
    )
    if (!kept) continue
    if (isChoice) (control as HTMLInputElement).checked = kept.isChecked
    else control.value = kept.value
  }
}

function takeDraft(key: string): Draft[] {
  try {
    const text = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    return text === null ? [] : JSON.parse(text)
  } catch {
    return []
  }
}

function controlsOf(form: HTMLFormElement): Control[] {
  return ([...form.elements] as Control[]).filter(
    ({ name, type, autocomplete }) => name && type !== 'password' && !autocomplete?.endsWith('-password'),
  )
}

function isCheckable({ type }: Control): boolean {
  return type === 'checkbox' || type === 'radio'
}

/** Names of forms are those of screen readers. */
function keyOf(form: HTMLFormElement): string {
  return `jackalope-draft ${location.pathname} ${form.getAttribute('aria-label') ?? ''}`
}
