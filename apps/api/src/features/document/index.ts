export { type Content, hashOf, newContent, sealContent } from "./content.ts";
export { documentRouter } from "./router.ts";
