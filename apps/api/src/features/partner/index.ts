export { findCertificate, findInbound, type InboundPartner, storeLink } from "./store.ts";
