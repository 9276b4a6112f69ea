import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { signOut } from '../api/session.ts'
import { wordError } from '../files/word-error.ts'
import { Button } from '../look/button.tsx'
import { frameTexts } from './frame-texts.ts'

/** Ends the session of this browser, and shows the start. */
export function SignOut() {
  const { route } = useLocation()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const end = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await signOut()
      route('/')
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <>
      <Button isSmall glyph="sign-out" isBusy={isBusy} onClick={end}>
        <span class="switch-name">{frameTexts().signOut}</span>
      </Button>
      {failure !== undefined && (
        <p class="field-error" role="alert">
          {wordError(failure)}
        </p>
      )}
    </>
  )
}
