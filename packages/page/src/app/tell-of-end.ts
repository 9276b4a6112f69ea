import { homeTexts } from '../home/home-texts.ts'
import { isEnded, type Job } from '../jobs/job.ts'
import { announce } from './announce.tsx'

/** Tells of a job that has ended while the page is open: screen readers, and who has asked for notifications and looks elsewhere. */
export function tellOfEnd(job: Job, before: Job | undefined): void {
  if (!before || isEnded(before.state) || (job.state !== 'completed' && job.state !== 'failed')) return
  const { done, failed } = homeTexts().files
  const text = job.state === 'completed' ? done(job.fileName) : failed(job.fileName)
  announce(text)
  if (!document.hidden || globalThis.Notification?.permission !== 'granted') return
  void notify(text, job.id).catch(() => {})
}

/** Phones show notifications by the service worker alone. One of several tabs is enough: the tag is the job's. */
async function notify(text: string, tag: string): Promise<void> {
  const options = { tag, icon: '/icon-192.png' }
  const registration = await navigator.serviceWorker?.getRegistration()
  if (registration) await registration.showNotification(text, options)
  else new Notification(text, options)
}
