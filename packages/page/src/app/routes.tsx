import lazy from 'preact-iso/lazy'
import { Route, Router } from 'preact-iso/router'
import { Home } from '../home/home.tsx'
import { NotFound } from './not-found.tsx'

const History = lazy(() => import('../history/history.tsx').then(views => views.History))
const SignIn = lazy(() => import('../account/sign-in.tsx').then(views => views.SignIn))
const SignUp = lazy(() => import('../account/sign-up.tsx').then(views => views.SignUp))
const ForgotPassword = lazy(() =>
  import('../account/forgot-password.tsx').then(views => views.ForgotPassword),
)
const Account = lazy(() => import('../settings/account.tsx').then(views => views.Account))
const Sessions = lazy(() => import('../settings/sessions.tsx').then(views => views.Sessions))
const ApiKeys = lazy(() => import('../settings/api-keys.tsx').then(views => views.ApiKeys))
const Webhooks = lazy(() => import('../settings/webhooks.tsx').then(views => views.Webhooks))
const Webhook = lazy(() => import('../settings/webhook.tsx').then(views => views.Webhook))
const Data = lazy(() => import('../settings/data.tsx').then(views => views.Data))
const Overview = lazy(() => import('../admin/overview.tsx').then(views => views.Overview))
const Queues = lazy(() => import('../admin/queues.tsx').then(views => views.Queues))
const DeadLetters = lazy(() => import('../admin/dead-letters.tsx').then(views => views.DeadLetters))
const Storage = lazy(() => import('../admin/storage.tsx').then(views => views.Storage))
const Failures = lazy(() => import('../admin/failures.tsx').then(views => views.Failures))
const People = lazy(() => import('../admin/people.tsx').then(views => views.People))
const Log = lazy(() => import('../admin/log.tsx').then(views => views.Log))

/** Which view an address shows. `page-paths.ts` has the same addresses, for the gateway. */
export function Routes() {
  return (
    <Router>
      <Route path="/" component={Home} />
      <Route path="/history" component={History} />
      <Route path="/sign-in" component={SignIn} />
      <Route path="/sign-up" component={SignUp} />
      <Route path="/forgot-password" component={ForgotPassword} />
      <Route path="/settings" component={Account} />
      <Route path="/settings/sessions" component={Sessions} />
      <Route path="/settings/api-keys" component={ApiKeys} />
      <Route path="/settings/webhooks" component={Webhooks} />
      <Route path="/settings/webhooks/:id" component={Webhook} />
      <Route path="/settings/data" component={Data} />
      <Route path="/admin" component={Overview} />
      <Route path="/admin/queues" component={Queues} />
      <Route path="/admin/dead-letters" component={DeadLetters} />
      <Route path="/admin/storage" component={Storage} />
      <Route path="/admin/failures" component={Failures} />
      <Route path="/admin/people" component={People} />
      <Route path="/admin/log" component={Log} />
      <Route default component={NotFound} />
    </Router>
  )
}
