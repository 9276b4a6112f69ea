import type { ComponentType } from 'preact'
import lazy from 'preact-iso/lazy'
import { loadService } from '../api/service.ts'
import { Button } from '../look/button.tsx'
import { Notice } from '../look/notice.tsx'
import { useAction } from '../look/use-action.ts'
import { frameTexts } from './frame-texts.ts'
import { View } from './view.tsx'

/** A view whose part of the page is loaded when it is shown for the first time. If that fails, the view says so. */
export function lazyView(load: () => Promise<ComponentType>): ComponentType {
  return lazy(() =>
    load().catch(error => {
      console.error(error)
      return Missing
    }),
  )
}

/** Shown in place of a view that could not be loaded. Browsers remember that a script has failed, so the page is reloaded. */
function Missing() {
  const texts = frameTexts()
  const action = useAction()
  const reload = () =>
    action.run(async () => {
      // Without the service a reload would lose what is shown, too.
      await loadService()
      location.reload()
    })
  return (
    <View title={texts.missing.title}>
      <Notice kind="bad">
        <p>{action.problem ?? texts.missing.text}</p>
        <Button isBusy={action.isBusy} onClick={() => void reload()}>
          {texts.reload}
        </Button>
      </Notice>
    </View>
  )
}
