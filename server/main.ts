import { banner } from './banner.ts';
import { configOrExit, serve } from './serve.ts';

await serve(configOrExit(process.env, process.argv.slice(2)), {
  async greet(app, urls) {
    const link = await app.instructorLink();
    return banner({ urls, instructorUrl: link && new URL(link, `${urls[0]}/`).href });
  },
});
