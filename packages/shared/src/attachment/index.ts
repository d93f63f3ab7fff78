export {
  type Attachment,
  type AttachmentList,
  type AttachmentStep,
  type AttachmentUpload,
  attachment,
  attachmentList,
  attachmentStep,
  attachmentUpload,
} from "./attachment.ts";
export { fileBytesMax, fitsName, type MediaType, mediaTypeOf, mediaTypes } from "./media-type.ts";
