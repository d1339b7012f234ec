import { redirect } from 'next/navigation';

/** The step in the breadcrumb between all releases and one of a project. */
export default async function ProjectReleasesPage({ params }: { params: Promise<{ project: string }> }) {
  redirect(`/releases?project=${(await params).project}`);
}
