// Keeps the page of an order up to date. Without it the page is loaded anew every two seconds.
const card = document.querySelector("[data-job]");
const part = (name) => card.querySelector(`[data-part="${name}"]`);

// Only text and attributes are set, so whatever anybody typed stays text.
function show(job) {
  card.dataset.stage = job.stage;
  for (const name of ["title", "detail"]) {
    // A screen reader speaks of what is set, so what is the same is left alone.
    if (part(name).textContent !== job[name]) part(name).textContent = job[name];
  }
  part("bar").hidden = job.fraction === undefined;
  part("bar").value = job.fraction ?? 0;
  part("download").hidden = job.download === undefined;
  document.title = `${job.title} · Ticket shop`;
}

async function follow() {
  let pause = 400;
  for (;;) {
    await new Promise((resume) => setTimeout(resume, pause));
    try {
      const answer = await fetch(card.dataset.job, { cache: "no-store" });
      const job = await answer.json();
      if (answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error(job.error);
      show(job);
      if (job.isFinished) return;
      pause = 400;
    } catch {
      part("detail").textContent = "The shop does not answer just now; the page keeps asking.";
      pause = Math.min(pause * 2, 10000);
    }
  }
}

if (card && !["done", "failed"].includes(card.dataset.stage)) follow();
