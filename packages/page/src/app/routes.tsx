import { Route, Router } from 'preact-iso/router'
import { Home } from '../home/home.tsx'
import { lazyView } from './lazy-view.tsx'
import { NotFound } from './not-found.tsx'
import { isViewLoading } from './view-loading.tsx'

const History = lazyView(() => import('../history/history.tsx').then(views => views.History))
const SignIn = lazyView(() => import('../account/sign-in.tsx').then(views => views.SignIn))
const SignUp = lazyView(() => import('../account/sign-up.tsx').then(views => views.SignUp))
const ForgotPassword = lazyView(() =>
  import('../account/forgot-password.tsx').then(views => views.ForgotPassword),
)
const Account = lazyView(() => import('../settings/account.tsx').then(views => views.Account))
const Sessions = lazyView(() => import('../settings/sessions.tsx').then(views => views.Sessions))
const ApiKeys = lazyView(() => import('../settings/api-keys.tsx').then(views => views.ApiKeys))
const Webhooks = lazyView(() => import('../settings/webhooks.tsx').then(views => views.Webhooks))
const Webhook = lazyView(() => import('../settings/webhook.tsx').then(views => views.Webhook))
const Data = lazyView(() => import('../settings/data.tsx').then(views => views.Data))
const Overview = lazyView(() => import('../admin/overview.tsx').then(views => views.Overview))
const Queues = lazyView(() => import('../admin/queues.tsx').then(views => views.Queues))
const DeadLetters = lazyView(() => import('../admin/dead-letters.tsx').then(views => views.DeadLetters))
const Storage = lazyView(() => import('../admin/storage.tsx').then(views => views.Storage))
const Failures = lazyView(() => import('../admin/failures.tsx').then(views => views.Failures))
const People = lazyView(() => import('../admin/people.tsx').then(views => views.People))
const Log = lazyView(() => import('../admin/log.tsx').then(views => views.Log))

/** Which view an address shows. `page-paths.ts` has the same addresses, for the gateway. */
export function Routes() {
  return (
    <Router
      onLoadStart={() => {
        isViewLoading.value = true
      }}
      onLoadEnd={() => {
        isViewLoading.value = false
      }}
    >
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
