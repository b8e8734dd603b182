//! Thinking for a while without keeping others waiting.

use tokio::runtime::{Handle, RuntimeFlavor};

/// Lets the engine think where it may take long: other requests of this thread go on elsewhere meanwhile.
///
/// A runtime with one thread, as tests have, has no elsewhere: it thinks on the spot.
pub(crate) fn apart<T>(think: impl FnOnce() -> T) -> T {
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::MultiThread => tokio::task::block_in_place(think),
        _ => think(),
    }
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn others_go_on_meanwhile() {
        let (ask, asked) = tokio::sync::oneshot::channel();
        let (answer, answered) = std::sync::mpsc::channel();
        let other = tokio::spawn(async move {
            asked.await.expect("asked");
            answer.send(7).expect("heard");
        });
        let patience = std::time::Duration::from_secs(20);
        let think = move || {
            ask.send(()).expect("somebody listens");
            answered.recv_timeout(patience)
        };
        let heard = tokio::spawn(async move { apart(think) });
        assert_eq!(heard.await.expect("thought"), Ok(7), "the only worker was not kept");
        other.await.expect("answered");
    }

    #[tokio::test]
    async fn a_single_thread_thinks_on_the_spot() {
        assert_eq!(apart(|| 7), 7);
    }
}
