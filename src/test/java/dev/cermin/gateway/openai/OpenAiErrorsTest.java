package dev.cermin.gateway.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told that asks {@code /v1} for the wrong thing: always in OpenAI's shape. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class OpenAiErrorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ``                                              ~      ~ body
            nonsense                                        ~      ~ JSON
            {"model":"scripted"}                            ~ messages ~ at least one message
            {"messages":[{"role":"user","content":"x"}]}    ~ model ~ 'model'
            {"model":"scripted","messages":[{"role":"user","content":"x"}],"stream":"yes"} ~ stream ~ true or false
            {"model":"scripted","messages":[{"role":"user","content":"x"}],"logit_bias":{"1":2}} ~ logit_bias ~ leave it out
            {"model":"scripted","messages":[{"role":"user","content":"x"}],"seed":"a"} ~ seed ~ whole number
            {"model":"scripted","messages":[{"role":"user","content":"x\\u0000"}]} ~ input ~ NUL
            {"model":"scripted","messages":[{"role":"user","content":"x"}],"metadata":{"a":1}} ~ metadata.a ~ text
            {"model":"scripted","messages":[{"role":"user","content":"x"}],"response_format":{"type":"xml"}} ~ response_format.type ~ json_schema
            {"model":"scripted","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"schema":{"$ref":"http://elsewhere/s"}}}} ~ response_format.json_schema.schema ~ schema
            """)
    void aWrongRequestIsRefusedWithItsParameter(String body, String param, String said) {
        Response response = given().contentType("application/json").body(body).post("/v1/chat/completions");
        assertError(response, 400, "invalid_request_error");
        assertThat(response.<String>path("error.param")).isEqualTo(param);
        assertThat(response.<String>path("error.message")).contains(said);
        assertThat(response.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void whatIsNotThereIsAnUnknownUrl() {
        for (String path : new String[] {"/v1/embeddings", "/v1/responses/1", "/v1/chat/completions/1", "/v1/"}) {
            Response response =
                    given().contentType("application/json").body("{}").post(path);
            assertError(response, 404, "invalid_request_error");
            assertThat(response.<String>path("error.code")).isEqualTo("unknown_url");
            assertThat(response.<String>path("error.message")).contains("POST " + path);
        }
        assertError(given().get("/v1/chat/completions"), 404, "invalid_request_error");
    }

    @Test
    void aConversationThatNoMessageCarriesIsTooLarge() {
        String long1 = "{\"role\":\"user\",\"content\":\"%s\"}".formatted("x".repeat(1 << 19));
        Response response = given().contentType("application/json")
                .body("{\"model\":\"scripted\",\"messages\":[%s,%s,%s]}".formatted(long1, long1, long1))
                .post("/v1/chat/completions");
        assertError(response, 413, "invalid_request_error");
        assertThat(response.<String>path("error.message")).contains("1048576");
    }

    @Test
    void extraFieldsThatChangeNothingAreLeftAlone() {
        Response response = given().contentType("application/json")
                .body("{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"store\":false,"
                        + "\"parallel_tool_calls\":true,\"n\":1,\"logit_bias\":{},\"top_k\":5,\"seed\":7}")
                .post("/v1/chat/completions");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.<String>path("choices[0].message.content")).isEqualTo("answer");
    }

    private static void assertError(Response response, int status, String type) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/json");
        assertThat(response.<String>path("error.type")).isEqualTo(type);
        assertThat(response.<String>path("error.message")).isNotBlank();
        assertThat(response.asString())
                .contains("\"param\"")
                .contains("\"code\"")
                .doesNotContain("Exception");
    }
}
