# SPDX-License-Identifier: MPL-2.0
"""open311.py BUILD: the town's Open311 API and its public figures as clients meet them: every answer is read by a real XML parser and
held against a schema, and nothing of who wrote is ever in it."""
import datetime
import http.client
import json
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.parse
import xml.etree.ElementTree as tree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "fault"))
from host import BUILD, Host, wait_for  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
API = "/quiet/cases/open311/v2"

# ---- what answers look like: name → type; a list is what a field may be -----------------------------------------------------

TEXT, FLAG, NULL, REAL = str, bool, type(None), (int, float)
SERVICE = {"service_code": TEXT, "service_name": TEXT, "description": TEXT, "metadata": FLAG, "type": TEXT, "keywords": TEXT, "group": TEXT}
ATTRIBUTE = {"variable": FLAG, "code": TEXT, "datatype": TEXT, "required": FLAG, "datatype_description": TEXT, "order": int,
             "description": TEXT}
REQUEST = {"service_request_id": TEXT, "status": TEXT, "status_notes": TEXT, "service_name": TEXT, "service_code": TEXT, "description": TEXT,
           "agency_responsible": TEXT, "service_notice": TEXT, "requested_datetime": TEXT, "updated_datetime": TEXT,
           "expected_datetime": TEXT, "address": TEXT, "address_id": TEXT, "zipcode": TEXT, "lat": (*REAL, NULL), "long": (*REAL, NULL),
           "media_url": TEXT}
FILED = {"service_request_id": TEXT, "service_notice": TEXT, "account_id": NULL}
ERROR = {"code": int, "description": TEXT}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def matches(test, thing, schema):
    test.assertEqual(sorted(thing), sorted(schema))
    for name, kind in schema.items():
        test.assertIsInstance(thing[name], kind, name)
        if kind is not FLAG:
            test.assertNotIsInstance(thing[name], bool, name)


class Town(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(towns={"quiet": ["hello"]})
        text = (ROOT / "conf/classifiers/communal.csv").read_text(encoding="utf-8")
        (cls.host.folder / "towns/communal.csv").write_text(text, encoding="utf-8")
        text = (ROOT / "conf/regulations/kalush.ini").read_text(encoding="utf-8")
        (cls.host.folder / "towns/kalush.ini.txt").write_text(re.sub(r"(?m)^(require = ).*", r"\g<1>essence", text, count=1), encoding="utf-8")
        ini = cls.host.folder / "towns/quiet.ini"
        text = ini.read_text(encoding="utf-8") + "\n[calendar]\n\n[cases]\n"
        ini.write_text(text + "\n[potholes]\nregulation = kalush.ini.txt\nclassifier = communal.csv\norganisations = roads = kp-shliakh\n", encoding="utf-8")
        try:
            cls.host.start()
        except BaseException:
            print(cls.host.log_text()[-4000:], file=sys.stderr)
            cls.host.__exit__(None, None, None)
            raise
        cls.key = cls.operate("key", "name=Мапа", "per_hour=1000").split()[-1]

    @classmethod
    def tearDownClass(cls):
        cls.host.__exit__(None, None, None)

    @classmethod
    def operate(cls, path, *pairs):
        command = [BUILD / "core/viche", "call", "--config", cls.host.folder / "viche.ini", "quiet", f"cases/open311/{path}", *pairs]
        return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True).stdout

    def ask(self, method, path, form=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=20)
        try:
            headers = {"Accept-Language": "uk"}
            if form is not None:
                body = urllib.parse.urlencode(form)
                headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
            connection.request(method, path if path.startswith("/quiet") else API + path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("content-type"), answer.read()
        finally:
            connection.close()

    def json(self, path, expected=200, **query):
        path += "?" + urllib.parse.urlencode(query) if query else ""
        got, kind, body = self.ask("GET", path)
        self.assertEqual((got, kind), (expected, "application/json; charset=utf-8"), body)
        return json.loads(body)

    def xml(self, path, status=200):
        got, kind, body = self.ask("GET", path)
        self.assertEqual((got, kind), (status, "text/xml; charset=utf-8"), body)
        return tree.fromstring(body)

    def file(self, status=201, ending="json", **fields):
        form = {"api_key": self.key, "service_code": "pothole.roads.pit", "address_string": "вул. Шкільна, 5",
                "description": "Глибока яма біля школи", **fields}
        got, _, body = self.ask("POST", f"/requests.{ending}", {name: value for name, value in form.items() if value is not None})
        self.assertEqual(got, status, body)
        return json.loads(body) if ending == "json" else tree.fromstring(body)


class Services(Town):
    def test_discovery_tells_where_the_api_is(self):
        found = self.json("/discovery.json")
        self.assertTrue(found["endpoints"][0]["url"].endswith(API))
        self.assertEqual(found["endpoints"][0]["formats"], ["text/xml", "application/json"])
        page = self.xml("/discovery.xml")
        self.assertEqual(page.tag, "discovery")
        self.assertEqual(page.findtext("endpoints/endpoint/specification"), "http://wiki.open311.org/GeoReport_v2")
        self.assertEqual([f.text for f in page.findall("endpoints/endpoint/formats/format")], ["text/xml", "application/json"])

    def test_services_are_the_leaves_of_the_classifier(self):
        services = self.json("/services.json")
        for service in services:
            matches(self, service, SERVICE)
        codes = [service["service_code"] for service in services]
        self.assertIn("pothole.roads.pit", codes)
        self.assertNotIn("pothole.roads", codes)
        self.assertIn("pothole.noise", codes)
        page = self.xml("/services.xml")
        self.assertEqual((page.tag, {child.tag for child in page}), ("services", {"service"}))
        self.assertEqual([s.findtext("service_code") for s in page], codes)
        self.assertEqual(page.find("service").findtext("metadata"), "true")

    def test_a_definition_names_the_fields_of_the_type(self):
        definition = self.json("/services/pothole.roads.pit.json")
        self.assertEqual(definition["service_code"], "pothole.roads.pit")
        for attribute in definition["attributes"]:
            matches(self, {name: value for name, value in attribute.items() if name != "values"}, ATTRIBUTE)
        self.assertEqual([a["datatype"] for a in definition["attributes"]], ["number", "singlevaluelist"])
        self.assertEqual(definition["attributes"][1]["values"][1], {"key": "fall", "name": "Можна впасти"})
        page = self.xml("/services/pothole.roads.pit.xml")
        self.assertEqual(page.tag, "service_definition")
        self.assertEqual(page.findtext("attributes/attribute/values/value/key"), "none")

    def test_what_is_not_there_is_told_so(self):
        for path in ("/services/pothole.ufo.json", "/services/appeal.roads.json", "/requests/999.json", "/tokens/1.json",
                     "/services.json?jurisdiction_id=elsewhere"):
            matches(self, self.json(path, 404)[0], ERROR)
        self.assertEqual(self.xml("/requests/999.xml", 404).findtext("error/code"), "404")
        self.assertEqual(self.ask("GET", "/services.html")[0], 404)
        self.json("/services.json", jurisdiction_id="quiet")


class Requests(Town):
    def test_a_report_is_filed_and_read(self):
        filed = self.file(lat="48.3794", long="28.8645")
        self.assertEqual(len(filed), 1)
        matches(self, filed[0], FILED)
        self.assertRegex(filed[0]["service_notice"], r"№ Я-\d{4}-\d+")
        read = self.json(f"/requests/{filed[0]['service_request_id']}.json")
        matches(self, read[0], REQUEST)
        self.assertEqual((read[0]["status"], read[0]["lat"], read[0]["long"]), ("open", 48.3794, 28.8645))
        self.assertEqual(read[0]["service_name"], "Яма на дорозі")
        for name in ("requested_datetime", "updated_datetime", "expected_datetime"):
            self.assertRegex(read[0][name], MOMENT)
        page = self.xml(f"/requests/{filed[0]['service_request_id']}.xml")
        self.assertEqual(page.tag, "service_requests")
        self.assertEqual({child.tag: child.text or "" for child in page.find("request")},
                         {name: f"{value:.6f}" if isinstance(value, float) else value for name, value in read[0].items()})

    def test_xml_is_answered_in_xml(self):
        page = self.file(ending="xml")
        self.assertEqual(page.tag, "service_requests")
        self.assertTrue(page.findtext("request/service_request_id").isdigit())
        self.assertIsNone(page.find("request/token"))

    def test_no_name_telephone_or_address_of_mail_is_ever_read(self):
        secrets = {"first_name": "Олександра", "last_name": "Замріянська", "phone": "+380671112233", "email": "zamr@example.org"}
        words = ("Пишe Замріянська, дзвоніть 067 111-22-33 або 0671112233, пошта zamr@example.org, телеграм @zamr, я Олександрі не вірю. "
                 "Номер (067)1112233. Будинок 15, квартира 3.")
        number = self.file(**secrets, description=words)[0]["service_request_id"]
        for path in (f"/requests/{number}.json", f"/requests/{number}.xml", "/requests.json", "/requests.xml"):
            body = self.ask("GET", path)[2].decode()
            for secret in ("Замріян", "Олександр", "zamr", "111-22", "1112233", "2233"):
                self.assertNotIn(secret, body)
        self.assertIn("Будинок 15, квартира 3", self.json(f"/requests/{number}.json")[0]["description"])

    def test_words_of_citizens_stay_words(self):
        evil = "<script>alert(1)</script> & ]]> \" ' \x07\x0b яма \U0001F573"
        number = self.file(description=evil)[0]["service_request_id"]
        self.assertIn("<script>", self.json(f"/requests/{number}.json")[0]["description"])
        self.assertIn("<script>alert(1)</script> & ]]>", self.xml(f"/requests/{number}.xml").findtext("request/description"))

    def test_whoever_mends_such_is_responsible(self):
        pit, noise = [self.file(service_code=code)[0]["service_request_id"] for code in ("pothole.roads.pit", "pothole.noise")]
        self.assertEqual(self.json(f"/requests/{pit}.json")[0]["agency_responsible"], "kp-shliakh")
        self.assertNotEqual(self.json(f"/requests/{noise}.json")[0]["agency_responsible"], "kp-shliakh")

    def test_filters_choose(self):
        ids = [self.file(service_code="pothole.noise")[0]["service_request_id"], self.file()[0]["service_request_id"]]
        both = self.json("/requests.json", service_request_id=",".join(ids), status="closed")
        self.assertEqual({r["service_request_id"] for r in both}, set(ids))
        noise = self.json("/requests.json", service_code="pothole.noise,pothole.animals.dead")
        self.assertEqual({r["service_code"] for r in noise}, {"pothole.noise"})
        self.assertEqual(self.json("/requests.json", status="closed"), [])
        self.assertTrue(self.json("/requests.json", status="open,closed"))
        now = datetime.datetime.now(datetime.timezone.utc)
        week = datetime.timedelta(days=7)
        self.assertEqual(self.json("/requests.json", end_date=(now - week).isoformat(timespec="seconds")), [])
        self.assertTrue(self.json("/requests.json", start_date=(now - week).isoformat(timespec="seconds")))
        self.assertTrue(self.json("/requests.json", start_date=(now - week).strftime("%Y-%m-%dT%H:%M:%SZ")))

    def test_a_wrong_question_is_answered_with_what_is_wrong(self):
        for query in ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, {"start_date": "yesterday"},
                      {"end_date": "2026-13-45"}, {"status": "fixed"}, {"start_date": "2026-06-02T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}):
            matches(self, self.json("/requests.json", 400, **query)[0], ERROR)

    def test_a_wrong_report_is_refused_with_what_is_wrong(self):
        wrong = [(403, {"api_key": None}), (403, {"api_key": "no"}), (400, {"service_code": None}), (404, {"service_code": "pothole.ufo"}),
                 (400, {"address_string": None}), (400, {"address_string": None, "address_id": "5"}), (400, {"lat": "91", "long": "28"}),
                 (400, {"lat": "48.1"}), (400, {"lat": "0x10", "long": "1"}), (400, {"lat": "nan", "long": "1"}),
                 (400, {"description": "я" * 4001}), (400, {"description": None}), (400, {"description": ""}),
                 (400, {"attribute[danger]": "war"}), (404, {"jurisdiction_id": "elsewhere"})]
        for status, fields in wrong:
            with self.subTest(fields):
                matches(self, self.file(status, **fields)[0], ERROR)
                self.assertEqual(self.file(status, ending="xml", **fields).findtext("error/code"), str(status))
        self.file(**{"attribute[danger]": "fall", "attribute[depth]": "30", "description": "я" * 4000})

    def test_a_body_that_is_no_form_is_refused(self):
        for body in (b"\xff\xfe", b"description=%ZZ", b"description=%FF%FE", b"a%00b=1", b"&".join(b"a=1" for _ in range(200)), b"{}"):
            status, _, answer = self.ask("POST", "/requests.json", body=body)
            self.assertIn(status, (400, 403), answer)
            matches(self, json.loads(answer)[0], ERROR)
        self.assertEqual(self.ask("POST", "/requests.json", body=b"x" * 200000)[0], 413)

    def test_a_key_is_limited_ends_and_is_not_kept(self):
        key = self.operate("key", "name=Малий", "per_hour=2").split()[-1]
        self.file(api_key=key)
        self.file(api_key=key)
        matches(self, self.file(429, api_key=key)[0], ERROR)
        other = self.operate("key", "name=Інший").split()[-1]
        self.file(api_key=other)
        line = [line for line in self.operate("keys").splitlines() if "Інший" in line][0]
        self.operate("end-key", f"id={line.split()[0]}")
        self.file(403, api_key=other)
        for file in (self.host.folder / "data").rglob("*.db*"):
            self.assertNotIn(key.encode(), file.read_bytes())


class Figures(Town):
    def test_figures_count_and_fold(self):
        for _ in range(7):
            self.file(service_code="pothole.noise")
        for _ in range(3):
            self.file(service_code="pothole.animals.dead")
        for _ in range(3):
            self.file(service_code="pothole.shelters")
        status, kind, body = self.ask("GET", "/quiet/cases/figures.json")
        self.assertEqual((status, kind), (200, "application/json; charset=utf-8"))
        figures = json.loads(body)
        self.assertEqual(figures["received"], 13)
        self.assertEqual([(c["name"], c["received"]) for c in figures["category"]], [("Шум", 7), ("Решта", 6)])
        self.assertEqual(figures["month"][-1]["received"], 13)
        status, kind, body = self.ask("GET", "/quiet/cases/figures?lang=en")
        self.assertEqual((status, kind), (200, "text/html; charset=utf-8"))
        page = tree.fromstring(re.sub(r"<(meta|link)([^>]*)>", r"<\1\2/>", body.decode().replace("<!doctype html>", "")))
        self.assertEqual(page.get("lang"), "en")
        self.assertIsNone(page.find(".//script"))
        self.assertTrue(page.find(".//table/caption").text)
        self.assertEqual(len(page.findall(".//svg")), len(page.findall(".//tbody/tr")))
        self.assertNotIn("Загибла", body.decode())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
