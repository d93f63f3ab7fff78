import { createRequire } from "node:module";
import { formatDate, formatDateTime } from "@infirmary/shared/core";
import {
  type DocumentKind,
  documentKindNames,
  type SignatureMeaning,
  sectionsOf,
  signatureMeaningTexts,
  type VersionKind,
  versionKindNames,
} from "@infirmary/shared/document";
import PDFDocument from "pdfkit";
import type { Content, Letterhead } from "./content.ts";

const require = createRequire(import.meta.url);
const fonts = {
  regular: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  bold: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
};
const [ink, dim] = ["#16191c", "#50575e"];
const margins = { top: 56, bottom: 72, left: 64, right: 64 };

/** A signed version with everything a page shows of it; nothing else goes in, so the same version is always the same bytes. */
export type Printed = {
  documentId: string;
  documentKind: DocumentKind;
  templateVersion: number;
  number: number;
  kind: VersionKind;
  supersedes: number | null;
  content: Content & { letterhead: Letterhead };
  meaning: SignatureMeaning;
  signedAt: Date;
  /** Hex. */
  hash: string;
};

/**
 * The version as PDF (A4). No clock, no random number and no compressor goes into it: dates are those of the signature, the file's id
 * comes from them, and the streams are plain.
 */
export function renderPdf(version: Printed): Promise<Buffer> {
  const { content, signedAt } = version;
  const { letterhead } = content;
  const title = documentKindNames[version.documentKind];
  const pdf = new PDFDocument({
    size: "A4",
    margins,
    bufferPages: true,
    compress: false,
    lang: "en",
    displayTitle: true,
    info: {
      Title: `${title}, version ${version.number}`,
      Author: letterhead.signer,
      Creator: "Infirmary",
      Producer: "Infirmary",
      CreationDate: signedAt,
      ModDate: signedAt,
    },
  });
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
  pdf.registerFont("regular", fonts.regular).registerFont("bold", fonts.bold);
  writeHead(pdf, version, title);
  for (const { key, label } of sectionsOf(
    { kind: version.documentKind, templateVersion: version.templateVersion },
    Object.keys(content.sections),
  )) {
    const text = (content.sections[key] ?? "").replaceAll("\r\n", "\n").trim();
    if (text === "") continue;
    pdf.font("bold").fontSize(10).fillColor(ink).text(label, { paragraphGap: 2 });
    pdf.font("regular").fontSize(10).text(text, { lineGap: 2, paragraphGap: 4 }).moveDown(0.6);
  }
  writeSignature(pdf, version);
  writeFeet(pdf, version, title);
  pdf.end();
  return done;
}

type Pdf = InstanceType<typeof PDFDocument>;

function writeHead(pdf: Pdf, { content: { letterhead, reason }, ...version }: Printed, title: string): void {
  const { patient } = letterhead;
  pdf.font("bold").fontSize(11).fillColor(ink).text(letterhead.organisation);
  pdf.font("regular").fontSize(9).fillColor(dim).text(letterhead.facility).moveDown(1.2);
  pdf.font("bold").fontSize(15).fillColor(ink).text(title);
  const origin =
    version.supersedes === null
      ? `Version ${version.number}`
      : `Version ${version.number}, ${versionKindNames[version.kind].toLowerCase()} of version ${version.supersedes}`;
  pdf.font("regular").fontSize(9).fillColor(dim).text(origin);
  if (reason) pdf.text(`Reason: ${reason}`);
  pdf.moveDown(0.8);
  pdf.font("bold").fontSize(10).fillColor(ink).text(patient.name);
  pdf
    .font("regular")
    .fontSize(9)
    .fillColor(dim)
    .text(`Born ${formatDate(patient.dateOfBirth)}   ${patient.gender}   MRN ${patient.mrn}`)
    .moveDown(0.5);
  rule(pdf);
}

function rule(pdf: Pdf): void {
  pdf
    .moveTo(margins.left, pdf.y)
    .lineTo(pdf.page.width - margins.right, pdf.y)
    .lineWidth(0.5)
    .strokeColor(dim)
    .stroke()
    .moveDown(0.8);
}

function writeSignature(pdf: Pdf, { content: { letterhead }, ...version }: Printed): void {
  pdf.moveDown(0.5);
  rule(pdf);
  pdf
    .font("bold")
    .fontSize(10)
    .fillColor(ink)
    .text(`Signed by ${letterhead.signer}, ${formatDateTime(version.signedAt.toISOString(), letterhead.timeZone)}`);
  pdf.font("regular").fontSize(9).text(signatureMeaningTexts[version.meaning]);
  pdf.fontSize(7).fillColor(dim).text(`Document ${version.documentId}`).text(`SHA-256 ${version.hash}`);
}

function writeFeet(pdf: Pdf, { content: { letterhead }, number }: Printed, title: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(start + page);
    // Below the margin, where text would otherwise begin a page of its own.
    pdf.page.margins.bottom = 0;
    pdf
      .font("regular")
      .fontSize(8)
      .fillColor(dim)
      .text(
        `${letterhead.patient.name}   MRN ${letterhead.patient.mrn}   ${title}, version ${number}   Page ${page + 1} of ${count}`,
        margins.left,
        pdf.page.height - 48,
        { lineBreak: false },
      );
    pdf.page.margins.bottom = margins.bottom;
  }
}
