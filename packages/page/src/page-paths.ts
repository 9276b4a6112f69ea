/** Addresses that the page has a view for. The gateway answers each with the page, whose router shows the view. A part that
 *  begins with a colon stands for any one segment. */
export const pagePaths = [
  '/',
  '/history',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/settings',
  '/settings/sessions',
  '/settings/api-keys',
  '/settings/webhooks',
  '/settings/webhooks/:id',
  '/settings/data',
  '/admin',
  '/admin/queues',
  '/admin/dead-letters',
  '/admin/storage',
  '/admin/failures',
  '/admin/people',
  '/admin/log',
] as const
export type PagePath = (typeof pagePaths)[number]

const pattern = pagePaths.map(path => path.replace(/:\w+/, '[\\w-]{1,64}')).join('|')

/** Matches an address of the page, with or without a query or a fragment. */
export const pageAddress = new RegExp(`^(${pattern})([?#]|$)`)
