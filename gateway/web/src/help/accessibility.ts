import type { Language } from '../i18n';

/** When this statement was written or last checked; a change to the front-end that bears on it changes this too. */
export const CHECKED = '2026-11-29';

/** The statement on accessibility as section 12a BGG and section 7 BITV 2.0 ask for it, with the tenant's own address. Markdown. */
export const statement = (language: Language, tenant: string, contact: string, checked: string) =>
  language === 'de' ? german(tenant, contact, checked) : english(tenant, contact, checked);

const german = (
  tenant: string,
  contact: string,
  checked: string,
) => `Diese Erklärung gilt für die Weboberfläche des KI-Assistenten LLMoin, wie ${tenant} sie ihren Beschäftigten anbietet.

## Stand der Vereinbarkeit

Die Oberfläche ist mit § 12a des Behindertengleichstellungsgesetzes (BGG) und der Barrierefreie-Informationstechnik-Verordnung (BITV 2.0), die auf EN 301 549 und die WCAG 2.1 (A und AA) verweist, **teilweise vereinbar**. Sie richtet sich zusätzlich nach den WCAG 2.2, Stufe AA.

## Was noch nicht barrierefrei ist

- **Antworten der KI** und die Texte fremder Dokumente können unverständlich aufgebaut sein: Überschriften, Tabellen oder Abkürzungen darin prüft niemand, bevor sie erscheinen.
- **Hochgeladene Dokumente** werden als Text gezeigt. Bilder darin werden nicht beschrieben; gescannte Seiten ohne erkannten Text fehlen. Was fehlt, steht beim Dokument.
- **PDF-Exporte** sind ausgezeichnet (Tags, Sprache, Titel), auf Übereinstimmung mit PDF/UA aber noch nicht geprüft.
- **Erläuterungen in Deutscher Gebärdensprache und in Leichter Sprache** (§ 4 BITV 2.0) fehlen noch.
- Eine **Prüfung mit Menschen mit Behinderungen** steht noch aus.

## Wie geprüft wurde

Diese Erklärung wurde am ${checked} erstellt und beruht auf einer **Selbstbewertung**: automatische Prüfung der Seiten und Zustände mit axe-core, Bedienung allein mit der Tastatur, Vergrößerung auf 200 %, Fensterbreite von 400 Pixeln, helles und dunkles Erscheinungsbild.

## Barriere melden

Wenn Sie auf eine Barriere stoßen oder Informationen in einer zugänglichen Form brauchen, wenden Sie sich bitte an:

${contact}

Beschreiben Sie möglichst die Seite, was Sie tun wollten und mit welchem Hilfsmittel Sie arbeiten.

## Schlichtung und Durchsetzung

Erhalten Sie keine zufriedenstellende Antwort, können Sie sich an eine Schlichtungs- oder Durchsetzungsstelle wenden. Für Stellen des Bundes ist das die Schlichtungsstelle nach § 16 BGG; das Verfahren ist kostenlos, und Sie brauchen keinen Rechtsbeistand:

Schlichtungsstelle nach dem Behindertengleichstellungsgesetz bei dem Beauftragten der Bundesregierung für die Belange von Menschen mit Behinderungen, Mauerstraße 53, 10117 Berlin, [info@schlichtungsstelle-bgg.de](mailto:info@schlichtungsstelle-bgg.de), [www.schlichtungsstelle-bgg.de](https://www.schlichtungsstelle-bgg.de)

Für Stellen der Länder und Kommunen gilt deren Gleichstellungsrecht; zuständig ist die Durchsetzungs- oder Schlichtungsstelle des jeweiligen Landes.
`;

const english = (
  tenant: string,
  contact: string,
  checked: string,
) => `This statement applies to the web interface of the AI assistant LLMoin as ${tenant} offers it to its staff.

## Conformance

The interface is **partially conformant** with section 12a of the German Disability Equality Act (BGG) and the Accessible Information Technology Ordinance (BITV 2.0), which refers to EN 301 549 and WCAG 2.1 (A and AA). It also follows WCAG 2.2, level AA.

## What is not accessible yet

- **Answers of the AI** and texts of others' documents may be built badly: nobody checks their headings, tables or abbreviations before they appear.
- **Uploaded documents** are shown as text. Pictures in them are not described; scanned pages without recognised text are missing. What is missing stands with the document.
- **PDF exports** are tagged and have a language and a title, but have not been validated against PDF/UA.
- **Explanations in German Sign Language and in Easy German** (section 4 BITV 2.0) are still missing.
- **Tests by people with disabilities** have not been made yet.

## How this was assessed

This statement was made on ${checked} and rests on a **self-assessment**: automatic checks of pages and states with axe-core, use by keyboard alone, enlargement to 200 %, a window 400 pixels wide, light and dark appearance.

## Reporting a barrier

If you meet a barrier or need information in an accessible form, please turn to:

${contact}

Please describe the page, what you wanted to do and which assistive technology you use.

## Arbitration and enforcement

If you get no satisfactory answer you can turn to an arbitration or enforcement body. For federal bodies this is the arbitration service under section 16 BGG; it is free of charge and needs no lawyer:

Schlichtungsstelle nach dem Behindertengleichstellungsgesetz bei dem Beauftragten der Bundesregierung für die Belange von Menschen mit Behinderungen, Mauerstraße 53, 10117 Berlin, [info@schlichtungsstelle-bgg.de](mailto:info@schlichtungsstelle-bgg.de), [www.schlichtungsstelle-bgg.de](https://www.schlichtungsstelle-bgg.de)

For bodies of the Länder and municipalities their own equality law applies; the enforcement or arbitration body of that Land is competent.
`;
