import { useErrorBoundary } from 'preact/hooks'
import { ErrorBoundary } from 'preact-iso/lazy'
import { LocationProvider } from 'preact-iso/router'
import { Button } from '../look/button.tsx'
import { Notice } from '../look/notice.tsx'
import { pageAddress } from '../page-paths.ts'
import { LiveRegion } from './announce.tsx'
import { Foot } from './foot.tsx'
import { frameTexts } from './frame-texts.ts'
import { Routes } from './routes.tsx'
import { Top } from './top.tsx'
import { ViewLoading } from './view-loading.tsx'

/** The page: its frame, and the view of the address. */
export function App() {
  const texts = frameTexts()
  return (
    <LocationProvider scope={pageAddress}>
      <div class="page">
        <a class="skip" href="#main">
          {texts.skip}
        </a>
        <Top />
        <ViewLoading />
        {/* A place of its own: a view that loads late is put at the end of its parent, which was below the foot. */}
        <div class="view-place">
          <ErrorBoundary>
            <Crashed>
              <Routes />
            </Crashed>
          </ErrorBoundary>
        </div>
        <Foot />
        <LiveRegion />
      </div>
    </LocationProvider>
  )
}

/** Shown in place of a view that throws. */
function Crashed({ children }: { children: preact.ComponentChildren }) {
  const [error] = useErrorBoundary(error => console.error(error))
  if (error === undefined) return <>{children}</>
  const { crashed, reload } = frameTexts()
  return (
    <main id="main" tabIndex={-1} class="view">
      <h1>{crashed.title}</h1>
      <Notice kind="bad">
        <p>{crashed.text}</p>
        <Button onClick={() => location.reload()}>{reload}</Button>
      </Notice>
    </main>
  )
}
