import { effect } from '@preact/signals'
import { render } from 'preact'
import { askUntilAnswered } from './api/ask-until-answered.ts'
import { loadService } from './api/service.ts'
import { refreshSession } from './api/session.ts'
import { App } from './app/app.tsx'
import { followUser } from './app/follow-user.ts'
import { registerServiceWorker } from './app/register-service-worker.ts'
import { reloadWhenReplaced } from './app/reload-when-replaced.ts'
import { followTheme } from './app/theme.ts'
import { language } from './texts/language.ts'
import './look/look.css'

// What every view needs is asked for at once, and again until it is known.
void askUntilAnswered(refreshSession)
void askUntilAnswered(loadService)
followTheme(document.documentElement)
followUser()
reloadWhenReplaced()
effect(() => {
  document.documentElement.lang = language.value
})
const root = document.querySelector('#app')
if (root) render(<App />, root)
registerServiceWorker()
