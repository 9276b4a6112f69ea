import { defineEndpoint, type EndpointAnswer } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'

const cacheHeaders = { ETag: 'Tag of the content.' }
const notModified: EndpointAnswer = { description: 'What the client has is current', headers: cacheHeaders }
const revalidation = { 'If-None-Match': 'Tag of what the client has.' }

export const getOpenapi = defineEndpoint({
  id: 'getOpenapi',
  method: 'GET',
  path: '/openapi.json',
  tag: 'Documentation',
  summary: 'This document (OpenAPI 3.1)',
  access: 'public',
  headers: revalidation,
  answers: {
    200: { description: 'The document', body: z.looseObject({ openapi: z.string() }), headers: cacheHeaders },
    304: notModified,
  },
})

export const viewDocs = defineEndpoint({
  id: 'viewDocs',
  method: 'GET',
  path: '/docs',
  tag: 'Documentation',
  summary: 'This document, for people',
  access: 'public',
  headers: revalidation,
  answers: {
    200: { description: 'A page', contentTypes: ['text/html'], headers: cacheHeaders },
    304: notModified,
  },
})

export const viewProblems = defineEndpoint({
  id: 'viewProblems',
  method: 'GET',
  path: '/docs/problems',
  tag: 'Documentation',
  summary: 'What each code of a problem means',
  description: 'The `type` of a problem leads to its place on this page.',
  access: 'public',
  headers: revalidation,
  answers: {
    200: { description: 'A page', contentTypes: ['text/html'], headers: cacheHeaders },
    304: notModified,
  },
})

/** Files that the pages load. */
export const docsAssets = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'docs.js',
  'docs.css',
  'icon.svg',
] as const

export const getDocsAsset = defineEndpoint({
  id: 'getDocsAsset',
  method: 'GET',
  path: '/docs/{asset}',
  tag: 'Documentation',
  summary: 'A script or style of the pages',
  access: 'public',
  params: z.object({ asset: z.enum(docsAssets) }),
  headers: revalidation,
  answers: {
    200: {
      description: 'The file',
      contentTypes: ['text/css', 'text/javascript', 'image/svg+xml'],
      headers: cacheHeaders,
    },
    304: notModified,
  },
})
