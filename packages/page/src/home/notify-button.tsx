import { useState } from 'preact/hooks'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { homeTexts } from './home-texts.ts'

/** Asks for notifications, when the reader wants them; no page should by itself. */
export function NotifyButton() {
  const texts = homeTexts().notify
  const [permission, setPermission] = useState(globalThis.Notification?.permission ?? 'denied')
  const [wasAsked, setAsked] = useState(false)
  if (permission !== 'default')
    return wasAsked ? <span class="soft">{permission === 'granted' ? texts.on : texts.denied}</span> : null
  return (
    <Button
      kind="quiet"
      isSmall
      glyph="bell"
      onClick={async () => {
        const answer = await Notification.requestPermission()
        setAsked(true)
        setPermission(answer)
        announce(answer === 'granted' ? texts.on : texts.denied)
      }}
    >
      {texts.ask}
    </Button>
  )
}
