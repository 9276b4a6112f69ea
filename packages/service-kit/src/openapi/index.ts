// Apart from the main entry: only those who describe an API load what describes it.
export { type ListedProblem, listProblems } from './list-problems.ts'
export { type DocumentInfo, type OpenapiDocument, openapiDocument } from './openapi-document.ts'
